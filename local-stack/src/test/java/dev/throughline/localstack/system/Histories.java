package dev.throughline.localstack.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.Polling;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What is known of leads: on the operator's page, and at the provider. */
final class Histories {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final StackUnderTest suite;

    Histories(StackUnderTest suite) {
        this.suite = suite;
    }

    static Predicate<JsonNode> is(String field, String value) {
        return line -> line.path(field).asText().equals(value);
    }

    static Predicate<JsonNode> tells(String words) {
        return line -> line.path("text").asText().contains(words);
    }

    /** The words somebody said on a call. */
    static Predicate<JsonNode> turnOf(String speaker) {
        return is("kind", "TURN").and(is("speaker", speaker));
    }

    /** The lead a number belongs to, once one is known. */
    String leadOf(UUID tenant, String number) throws Exception {
        return Polling.until(PATIENCE, () -> {
                    for (JsonNode lead :
                            suite.operator(tenant).get("/api/leads").path("leads")) {
                        if (lead.path("phone").asText().equals(number)) {
                            return Optional.of(lead.path("leadId").asText());
                        }
                    }
                    return Optional.empty();
                })
                .orElseThrow(() -> new AssertionError("no lead has the number"));
    }

    /** The first line of the lead's timeline that is wanted, once there is one. */
    JsonNode line(UUID tenant, String lead, Predicate<JsonNode> wanted) throws Exception {
        return Polling.until(
                        PATIENCE, () -> lines(tenant, lead, wanted).stream().findFirst())
                .orElseThrow(() -> new AssertionError("not on the timeline: " + timelineText(tenant, lead)));
    }

    /** All of them, as it stands now. */
    List<JsonNode> lines(UUID tenant, String lead, Predicate<JsonNode> wanted) throws IOException {
        List<JsonNode> found = new ArrayList<>();
        for (JsonNode entry : timeline(tenant, lead)) {
            if (wanted.test(entry)) {
                found.add(entry);
            }
        }
        return found;
    }

    /** The lead's newest conversation at the provider in which was spoken. */
    JsonNode conversation(String lead) throws IOException {
        JsonNode newest = MissingNode.getInstance();
        for (JsonNode one : suite.elevenLabsControl().get("/_sim/conversations")) {
            boolean later = newest.path("startedAt")
                            .asText()
                            .compareTo(one.path("startedAt").asText())
                    < 0;
            boolean spoken = !one.path("textOnly").asBoolean();
            if (one.path("leadId").asText().equals(lead) && spoken && later) {
                newest = one;
            }
        }
        return suite.elevenLabsControl()
                .get("/_sim/conversations/" + newest.path("conversationId").asText());
    }

    /** When the lead's agent was told words, by the provider's clock, which is ours. */
    Instant told(String lead, String words) throws Exception {
        return Polling.until(PATIENCE, () -> {
                    JsonNode talk = conversation(lead);
                    for (JsonNode kept : talk.path("messages")) {
                        JsonNode message = kept.path("message");
                        if (message.path("type").asText().equals("contextual_update")
                                && message.path("text").asText().contains(words)) {
                            return Optional.of(
                                    Instant.parse(talk.path("startedAt").asText())
                                            .plusMillis(kept.path("atMillis").asLong()));
                        }
                    }
                    return Optional.empty();
                })
                .orElseThrow(() -> new AssertionError("the agent was not told: " + words));
    }

    /** The newest entries of the lead's timeline, oldest first; none while nobody has heard of the lead. */
    private JsonNode timeline(UUID tenant, String lead) throws IOException {
        try {
            return suite.operator(tenant)
                    .get("/api/leads/" + lead + "/timeline")
                    .path("entries");
        } catch (HttpFailure failure) {
            if (failure.status() == 404) {
                return MissingNode.getInstance();
            }
            throw failure;
        }
    }

    private String timelineText(UUID tenant, String lead) {
        try {
            return timeline(tenant, lead).toPrettyString();
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }
}

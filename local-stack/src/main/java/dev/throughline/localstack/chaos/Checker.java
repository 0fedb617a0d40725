package dev.throughline.localstack.chaos;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Asks everybody what they know, until nothing is missing or the patience is at its end. */
final class Checker {

    private static final Duration PATIENCE = Duration.ofSeconds(150);
    private static final Duration BETWEEN = Duration.ofSeconds(3);
    private static final Duration REBUILD = Duration.ofSeconds(120);
    private static final String REBUILDING = "/api/admin/rebuild";

    private final StackInfo stack;
    private final TwilioStandIn twilio;
    private final JsonHttp control;
    private final JsonHttp operator;
    private final JsonHttp admin;

    /** @param operator of the tenant that is written to and called @param admin of the installation */
    Checker(StackInfo stack, JsonHttp operator, JsonHttp admin) {
        this.stack = stack;
        this.twilio = new TwilioStandIn(stack.twilioUrl());
        this.control = new JsonHttp(stack.twilioUrl(), Map.of());
        this.operator = operator;
        this.admin = admin;
    }

    /** What is found once all of it is met, or at last. */
    List<Finding> findings(List<Customer> customers) throws IOException, InterruptedException {
        List<Finding> last = new ArrayList<>();
        Polling.until(PATIENCE, () -> {
            Thread.sleep(BETWEEN);
            last.clear();
            last.addAll(look(customers, 0));
            return last.stream().allMatch(Finding::met) ? Optional.of(true) : Optional.empty();
        });
        return look(customers, different());
    }

    private List<Finding> look(List<Customer> customers, long different) throws IOException {
        Map<String, List<JsonNode>> topic = Topic.read(stack.kafka());
        List<Seen> seen = new ArrayList<>();
        for (Customer customer : customers) {
            seen.add(seen(customer, topic));
        }
        int live = operator.get("/api/twilio/calls?live=true").path("calls").size();
        int dead = admin.get("/api/admin/dead-letters").path("deadLetters").size();
        return Finding.of(seen, live, dead, different);
    }

    private Seen seen(Customer customer, Map<String, List<JsonNode>> topic) throws IOException {
        Optional<Map.Entry<String, List<JsonNode>>> lead = topic.entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(event -> customer.number()
                        .equals(event.path("from").asText())))
                .findFirst();
        List<String> answered = new ArrayList<>();
        for (String sid : customer.calls()) {
            if (!twilio.callState(sid).path("twiml").isEmpty()) {
                answered.add(sid);
            }
        }
        int answers = (int)
                twilio.messages(customer.number()).stream().filter(Load::isOurs).count();
        return new Seen(
                customer,
                answered,
                answers,
                lead.map(Map.Entry::getValue).orElse(List.of()),
                lead.isPresent() ? page(lead.get().getKey()) : List.of());
    }

    /** The customer's own texts on the operator's page; none while the page does not know the lead yet. */
    private List<String> page(String lead) throws IOException {
        List<String> bodies = new ArrayList<>();
        String before = "";
        do {
            JsonNode slice;
            try {
                slice = operator.get("/api/leads/" + lead + "/timeline?limit=200" + before);
            } catch (HttpFailure unknown) {
                if (unknown.status() == 404) {
                    return bodies;
                }
                throw unknown;
            }
            slice.path("entries").forEach(entry -> {
                if (entry.path("kind").asText().equals("MESSAGE")
                        && entry.path("speaker").asText().equals("CUSTOMER")) {
                    bodies.add(entry.path("text").asText());
                }
            });
            String next = slice.path("nextCursor").asText("");
            before = next.isEmpty() ? "" : "&before=" + JsonHttp.encoded(next);
        } while (!before.isEmpty());
        return bodies;
    }

    /** Leads whose context is another one when it is made anew from the topic. */
    private long different() throws IOException, InterruptedException {
        admin.post(REBUILDING + "?swap=false", Map.of());
        return Polling.until(REBUILD, () -> {
                    Thread.sleep(1_000);
                    JsonNode rebuild = admin.get(REBUILDING);
                    return rebuild.path("state").asText().equals("done")
                            ? Optional.of(rebuild.path("different").asLong())
                            : Optional.empty();
                })
                .orElseThrow(() -> new IOException("the rebuild did not end within " + REBUILD));
    }

    /** What the providers would have refused or ignored, by code. */
    List<String> violations() throws IOException {
        List<String> told = new ArrayList<>();
        JsonHttp elevenLabs = new JsonHttp(stack.elevenLabsUrl(), Map.of());
        for (JsonNode violation : control.get("/_sim/report").path("violations")) {
            told.add("Twilio " + violation.path("code").asText() + ": "
                    + violation.path("detail").asText());
        }
        for (JsonNode violation : elevenLabs.get("/_sim/report").path("violations")) {
            told.add("ElevenLabs " + violation.path("code").asText() + ": "
                    + violation.path("detail").asText());
        }
        return told;
    }
}

package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.awaitility.Awaitility;

/** A customer calls while no agent can be had, and again: the business texts back, once. */
final class MissedCallScenario {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String CUSTOMER = "+12025550193";

    private final StackUnderTest suite;
    private final String number;

    MissedCallScenario(StackUnderTest suite, String number) {
        this.suite = suite;
        this.number = number;
    }

    void run() throws Exception {
        suite.provisionedNumber(number);
        UUID tenant = UUID.fromString(suite.createTenant(
                        number,
                        "BRIDGE",
                        Map.of(
                                "elevenLabsAgentId",
                                suite.demo().agentId(),
                                "followUps",
                                Map.of(
                                        "missedCall",
                                        Map.of(
                                                "minutes",
                                                List.of(0),
                                                "text",
                                                "Sorry we missed you, {name|there}. {business}"))))
                .path("id")
                .asText());
        awaitInService();
        suite.elevenLabsControl()
                .post(
                        "/_sim/faults",
                        Map.of("kind", "rest-error", "match", "get-signed-url", "status", 503, "count", 50));
        try {
            callInVain();
            awaitTextBack();
            callInVain();
        } finally {
            suite.elevenLabsControl().delete("/_sim/faults");
        }

        JsonHttp operator = suite.operator(tenant);
        // The second call is known, and nothing more is to come.
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> {
            assertThat(operator.get("/api/board")
                            .path("numbers")
                            .path("callsMissed")
                            .asInt())
                    .isEqualTo(2);
            assertThat(operator.get("/api/follow-ups?state=open").path("followUps"))
                    .isEmpty();
        });
        assertThat(textsBack()).hasSize(1);
        JsonNode told = operator.get("/api/follow-ups?state=over").path("followUps");
        assertThat(told.findValuesAsText("state")).containsOnlyOnce("done");
    }

    /** A call before the gateway has heard of the tenant would be told that the number is not in service. */
    private void awaitInService() throws Exception {
        assertThat(Polling.until(PATIENCE, () -> {
                    String sid = suite.twilio().call(Map.of("from", "+12025550199", "to", number, "script", "listen"));
                    String heard = StackUnderTest.heardBy(suite.ended(sid));
                    return heard.contains("not in service") ? Optional.empty() : Optional.of(heard);
                }))
                .isPresent();
    }

    private void callInVain() throws Exception {
        String sid = suite.twilio().call(Map.of("from", CUSTOMER, "to", number, "script", "listen"));
        assertThat(StackUnderTest.heardBy(suite.ended(sid))).contains("We encountered an error");
    }

    private void awaitTextBack() {
        Awaitility.await().atMost(PATIENCE).untilAsserted(() -> assertThat(textsBack())
                .singleElement()
                .satisfies(text -> assertThat(text.path("body").asText())
                        .isEqualTo("Sorry we missed you, there. A new business")));
    }

    private List<JsonNode> textsBack() throws IOException {
        return suite.twilio().messages(CUSTOMER).stream()
                .filter(message -> message.path("from").asText().equals(number))
                .toList();
    }
}

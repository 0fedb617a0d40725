package dev.throughline.telephony.signedurl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import com.sun.net.httpserver.HttpServer;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.tenant.VisitorMechanism;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(value = SignedUrlTest.FakeElevenLabs.class, restrictToAnnotatedClass = true)
class SignedUrlTest extends GatewayTest {

    private static final String PATH = "/api/elevenlabs/signed-url";

    @Test
    void shouldGiveAUrlWithWhatTheAgentIsToKnow() {
        UUID lead = UUID.randomUUID();
        String first = ask(Tokens.operator(Tenants.harbourSalon().id(), "operator"), lead.toString())
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .body("success", equalTo(true))
                .body("data.agentId", equalTo("agent_harbour"))
                .body("data.userId", equalTo(lead.toString()))
                .body("data.dynamicVariables.lead_id", equalTo(lead.toString()))
                .body("data.dynamicVariables.business_name", equalTo("Harbour Salon"))
                .body("data.dynamicVariables.channel", equalTo("chat"))
                .body("data.dynamicVariables.conversation_context", notNullValue())
                .extract()
                .path("data.signedUrl");

        String second = ask(Tokens.operator(Tenants.harbourSalon().id(), "operator"), lead.toString())
                .extract()
                .path("data.signedUrl");
        assertThat(first).startsWith("wss://").isNotEqualTo(second);
    }

    @Test
    void shouldTellNobodyElse() {
        String lead = UUID.randomUUID().toString();

        RestAssured.get(PATH + "?leadId=" + lead).then().statusCode(401);
        ask(Tokens.operator(Tenants.harbourSalon().id(), "viewer"), lead).statusCode(403);
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(Tenants.harbourSalon().id(), "admin"))
                .get(PATH + "?leadId=" + lead + "&tenantId="
                        + Tenants.withFallback().id())
                .then()
                .statusCode(404);
    }

    @Test
    void shouldGiveAVisitorTheUrlOfItsOwnLeadAlone() {
        UUID tenant = Tenants.harbourSalon().id();
        UUID lead = UUID.randomUUID();
        String visitor = Tokens.visitor(tenant, lead);

        chat(visitor, "").statusCode(200).body("data.leadId", equalTo(lead.toString()));
        chat(visitor, "medium=text&leadId=" + lead)
                .statusCode(200)
                .body("data.connectionType", equalTo("websocket"))
                .body("data.conversationId", equalTo("conv_promised"))
                .body("data.textOnly", equalTo(true))
                .body("data.userId", equalTo(lead.toString()))
                .body("data.dynamicVariables.lead_id", equalTo(lead.toString()))
                .body("data.allowedOverrides", equalTo(List.of("agent.first_message")))
                .body("data.overrides.agent.firstMessage", equalTo("Hello, this is Harbour Salon."));
        chat(visitor, "leadId=" + UUID.randomUUID()).statusCode(403).contentType("application/problem+json");
        chat(visitor, "tenantId=" + Tenants.withFallback().id()).statusCode(404);
        chat(visitor, "medium=smoke").statusCode(400).body("errors[0].field", equalTo("medium"));
    }

    @Test
    void shouldRefuseAVisitorsTokenThatIsOldForgedOrUsedElsewhere() {
        UUID tenant = Tenants.harbourSalon().id();
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));

        chat(Tokens.visitor(tenant, UUID.randomUUID(), yesterday), "").statusCode(401);
        chat(Tokens.visitor(tenant, UUID.randomUUID()) + "x", "").statusCode(401);
        // An operator's token is none, and a visitor's opens nothing where an operator's is asked for.
        chat(Tokens.operator(tenant, "operator"), "").statusCode(401);
        ask(Tokens.visitor(tenant, UUID.randomUUID()), "").statusCode(401);
        RestAssured.given()
                .header(VisitorMechanism.HEADER, Tokens.visitor(tenant, UUID.randomUUID()))
                .header("Origin", "https://elsewhere.example")
                .get(PATH)
                .then()
                .statusCode(401);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/elevenlabs/outbound-call",
        "GET, /api/elevenlabs/outbound-calls/1b671a64-40d5-591e-99b0-da01ff1f3341",
        "GET, /api/twilio/token",
        "POST, /api/twilio/token",
        "GET, /api/twilio/calls",
        "POST, /api/twilio/start-conference",
        "GET, /api/twilio/conferences/conf-1",
        "DELETE, /api/twilio/conferences/conf-1",
        "POST, /api/twilio/conferences/conf-1/participants",
        "PATCH, /api/twilio/conferences/conf-1/participants/phone",
        "POST, /api/twilio/conferences/conf-1/participants/phone",
        "DELETE, /api/twilio/conferences/conf-1/participants/phone",
        "POST, /api/twilio/calls/CA00000000000000000000000000000001/transfer",
        "POST, /api/twilio/calls/CA00000000000000000000000000000001/join",
        "GET, /api/twilio/recordings/RE00000000000000000000000000000001"
    })
    void shouldLetAVisitorDoNothingElse(String method, String path) {
        RestAssured.given()
                .header(
                        VisitorMechanism.HEADER,
                        Tokens.visitor(Tenants.harbourSalon().id(), UUID.randomUUID()))
                .contentType("application/json")
                .body(method.equals("GET") ? "" : "{}")
                .request(method, path)
                .then()
                .statusCode(403);
    }

    @Test
    void shouldNotOpenMoreConversationsThanAVisitorCanHave() {
        String visitor = Tokens.visitor(Tenants.harbourSalon().id(), UUID.randomUUID());
        for (int i = 0; i < 6; i++) {
            chat(visitor, "").statusCode(200);
        }

        chat(visitor, "").statusCode(429).header("Retry-After", "60");
    }

    @Test
    void shouldNameWhatIsWrong() {
        String token = Tokens.operator(Tenants.harbourSalon().id(), "operator");

        ask(token, "").statusCode(400).body("errors[0].field", equalTo("leadId"));
        ask(token, "lead-42").statusCode(400).body("errors[0].field", equalTo("leadId"));
        ask(
                        Tokens.operator(Tenants.withFallback().id(), "operator"),
                        UUID.randomUUID().toString())
                .statusCode(502)
                .contentType("application/problem+json")
                .body("code", equalTo("PROVIDER_UNAUTHENTICATED"))
                .body("detail", containsString("Invalid API key"))
                .body("cure", containsString("ELEVENLABS_API_KEY"));
    }

    @Test
    void shouldTellWhatPassesFromWhatDoesNot() {
        for (ConvaiFailure reason : ConvaiFailure.values()) {
            Problem problem = SignedUrlResource.refusal(
                    new ConvaiAnswer.Failure<String>(reason, 0, "", "", null, Duration.ofSeconds(3)));
            boolean passing = reason.retryable() || reason == ConvaiFailure.NOT_CONFIGURED;
            assertThat(problem.status()).as(reason.name()).isEqualTo(passing ? 503 : 502);
            assertThat(problem.cure()).as(reason.name()).isNotBlank();
            assertThat(problem.retryAfter()).isEqualTo(Duration.ofSeconds(3));
        }
    }

    private static ValidatableResponse ask(String token, String leadId) {
        return RestAssured.given()
                .auth()
                .oauth2(token)
                .get(PATH + "?leadId=" + leadId)
                .then();
    }

    private static ValidatableResponse chat(String token, String query) {
        return RestAssured.given()
                .header(VisitorMechanism.HEADER, token)
                .get(PATH + (query.isEmpty() ? "" : "?" + query))
                .then();
    }

    /** Gives a new URL at each request, and refuses the agent of the other tenant. */
    public static class FakeElevenLabs implements QuarkusTestResourceLifecycleManager {

        private HttpServer server;

        @Override
        public int order() {
            return 50;
        }

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                String query = exchange.getRequestURI().getQuery();
                boolean refused = query.contains("agent_other");
                String promised =
                        query.contains("include_conversation_id=true") ? "?conversation_id=conv_promised" : "";
                byte[] body = (refused
                                ? "{\"detail\":{\"code\":\"invalid_api_key\",\"message\":\"Invalid API key\"}}"
                                : "{\"signed_url\":\"wss://example.test/" + UUID.randomUUID() + promised + "\"}")
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(refused ? 401 : 200, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "throughline.elevenlabs.api-base-url",
                    "http://localhost:" + server.getAddress().getPort());
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }
}

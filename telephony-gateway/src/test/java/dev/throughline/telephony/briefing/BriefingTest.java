package dev.throughline.telephony.briefing;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BriefingTest extends GatewayTest {

    private static final UUID TENANT = Tenants.harbourSalon().id();

    @Inject
    ServiceToken tokens;

    @Inject
    Briefings briefings;

    @Test
    void shouldTellTheBridgeWhatTheAgentIsToKnow() {
        String callSid = newCallSid();
        put(callSid, TENANT, Map.of("questions_text", "1. Are you coming?", "colour", "red"), null);

        ask(callSid, token(callSid, TENANT))
                .statusCode(200)
                .body("variables.questions_text", equalTo("1. Are you coming?"))
                .body("note", nullValue());

        put(callSid, TENANT, Map.of("colour", "blue"), "Jo did not answer.");
        put(callSid, TENANT, Map.of(), null);

        ask(callSid, token(callSid, TENANT))
                .statusCode(200)
                .body("variables.questions_text", equalTo("1. Are you coming?"))
                .body("variables.colour", equalTo("blue"))
                .body("note", equalTo("Jo did not answer."));
    }

    @Test
    void shouldTellNobodyElse() {
        String callSid = newCallSid();
        put(callSid, TENANT, Map.of("colour", "red"), null);

        ask(callSid, null).statusCode(403);
        ask(callSid, "nonsense").statusCode(403);
        ask(callSid, token(newCallSid(), TENANT)).statusCode(403);
        ask(callSid, tokens.mint(ServiceToken.MEDIA_BRIDGE, callSid, TENANT)).statusCode(403);
        ask(callSid, token(callSid, Tenants.withFallback().id())).statusCode(404);
    }

    @Test
    void shouldLeaveTheBriefingOfAnotherTenantAlone() {
        String callSid = newCallSid();
        put(callSid, TENANT, Map.of("colour", "red"), null);
        put(callSid, Tenants.withFallback().id(), Map.of("colour", "blue"), "x");

        ask(callSid, token(callSid, TENANT))
                .body("variables.colour", equalTo("red"))
                .body("note", nullValue());
    }

    @Test
    void shouldForgetWhatIsOld() {
        String callSid = newCallSid();
        put(callSid, TENANT, Map.of("colour", "red"), null);

        briefings.forget(Instant.now().minus(Duration.ofHours(1))).await().atMost(Duration.ofSeconds(5));
        ask(callSid, token(callSid, TENANT)).statusCode(200);

        briefings.forget(Instant.now().plusSeconds(60)).await().atMost(Duration.ofSeconds(5));
        ask(callSid, token(callSid, TENANT)).statusCode(404);
    }

    private void put(String callSid, UUID tenant, Map<String, String> variables, @Nullable String note) {
        briefings.put(pool, callSid, tenant, variables, note).await().atMost(Duration.ofSeconds(5));
    }

    private String token(String callSid, UUID tenant) {
        return tokens.mint(ServiceToken.TELEPHONY_GATEWAY, callSid, tenant);
    }

    private static ValidatableResponse ask(String callSid, @Nullable String token) {
        var request = RestAssured.given();
        if (token != null) {
            request.header(ServiceToken.HEADER, token);
        }
        return request.get("/internal/calls/" + callSid + "/briefing").then();
    }
}

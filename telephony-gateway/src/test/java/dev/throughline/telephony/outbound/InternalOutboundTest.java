package dev.throughline.telephony.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(FakeLines.class)
class InternalOutboundTest extends GatewayTest {

    private static final String PATH = "/internal/outbound-calls";
    private static final UUID TENANT = Tenants.harbourSalon().id();

    @Inject
    ServiceToken tokens;

    private final String key = "follow-up-" + UUID.randomUUID();
    private final String to = "+1303444" + ThreadLocalRandom.current().nextInt(1_000, 10_000);
    private final JsonObject body = new JsonObject()
            .put("to", to)
            .put("questions", new JsonArray().add("Are you coming?"))
            .put("idempotencyKey", key);

    @Test
    void shouldCallOnceForOneKeyAndAnswerAsAnOperatorIsAnswered() {
        String token = token(key, TENANT);

        String first = post(token, body)
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data.status", equalTo("placed"))
                .body("data.to", equalTo(to))
                .body("data.questions[0].text", equalTo("Are you coming?"))
                .header("Location", notNullValue())
                .extract()
                .path("data.outboundCallId");

        post(token, body.copy().put("tenantId", TENANT.toString()))
                .statusCode(200)
                .body("data.outboundCallId", equalTo(first));
        post(token, body.copy().put("questions", new JsonArray()))
                .statusCode(422)
                .contentType("application/problem+json")
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        // An operator who uses the key means the same call.
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(TENANT, "operator"))
                .contentType("application/json")
                .body(body.encode())
                .post("/api/elevenlabs/outbound-call")
                .then()
                .statusCode(200)
                .body("data.outboundCallId", equalTo(first));
        assertThat(FakeLines.nativeTo(to)).hasSize(1);
    }

    @Test
    void shouldRefuseAsAnOperatorIsRefused() {
        post(token(key, TENANT), body.copy().put("to", "nonsense"))
                .statusCode(400)
                .contentType("application/problem+json")
                .body("errors.field", equalTo(java.util.List.of("to")));
        post(token(key, TENANT), body.copy().put("to", Tenants.NUMBER))
                .statusCode(422)
                .body("code", equalTo("OWN_NUMBER"))
                .body("cure", notNullValue());
    }

    @Test
    void shouldCallForNobodyElse() {
        post(null, body).statusCode(403);
        post("nonsense", body).statusCode(403);
        post(tokens.mint(ServiceToken.CONVERSATION_CONTEXT, key, TENANT), body).statusCode(403);
        post(token("another-key", TENANT), body).statusCode(403);
        post(token(key, TENANT), body.copy().putNull("idempotencyKey")).statusCode(403);
        post(tokens.mint(ServiceToken.TELEPHONY_GATEWAY, key, null), body).statusCode(403);
        post(
                        token(key, TENANT),
                        body.copy().put("tenantId", Tenants.withFallback().id().toString()))
                .statusCode(403);
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(TENANT, "admin"))
                .contentType("application/json")
                .body(body.encode())
                .post(PATH)
                .then()
                .statusCode(403);
        post(token(key, UUID.randomUUID()), body).statusCode(404);
        assertThat(FakeLines.nativeTo(to)).isEmpty();
    }

    private String token(String subject, UUID tenantId) {
        return tokens.mint(ServiceToken.TELEPHONY_GATEWAY, subject, tenantId);
    }

    private static ValidatableResponse post(@Nullable String token, JsonObject body) {
        var request = RestAssured.given().contentType("application/json").body(body.encode());
        return (token == null ? request : request.header(ServiceToken.HEADER, token))
                .post(PATH)
                .then();
    }
}

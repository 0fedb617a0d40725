package dev.throughline.telephony.token;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.notNullValue;

import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
class VoiceTokenTest extends GatewayTest {

    private static final String TOKEN = "/api/twilio/token";
    private static final UUID TENANT = Tenants.harbourSalon().id();

    @Test
    void shouldGiveAnOperatorATokenOfItsTenant() {
        String identity = "t_" + TENANT.toString().replace("-", "") + "_operator_example_test";

        for (var answer : new Response[] {
            with(Tokens.operator(TENANT, "operator")).get(TOKEN),
            with(Tokens.operator(TENANT, "operator")).post(TOKEN)
        }) {
            answer.then()
                    .statusCode(200)
                    .header("Cache-Control", "no-store")
                    .body("success", is(true))
                    .body("data.identity", equalTo(identity))
                    .body("data.token", notNullValue())
                    .body("data.expiresAt", notNullValue());
        }
    }

    @Test
    void shouldGiveNothingToAnybodyElse() {
        RestAssured.get(TOKEN).then().statusCode(401);
        RestAssured.given().post(TOKEN).then().statusCode(401);
        with(Tokens.operator(TENANT, "viewer")).get(TOKEN).then().statusCode(403);
        with(Tokens.installationAdmin()).get(TOKEN).then().statusCode(403);
        RestAssured.given()
                .header("X-Tool-Secret", Tenants.SECRET)
                .get(TOKEN)
                .then()
                .statusCode(403);
    }

    private static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token);
    }
}

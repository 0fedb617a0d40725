package dev.throughline.context.session;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.Cookie;
import io.restassured.response.Response;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class SessionTest {

    private final Tenant salon = TestTenants.salon("+12025550105");

    @Test
    void shouldExchangeATokenForACookieThatOpensTheApisAndNothingElse() {
        TestTenants.publish(salon);
        Cookie cookie = signIn(Map.of()).detailedCookie(SessionResource.COOKIE);

        assertThat(cookie.isHttpOnly()).isTrue();
        assertThat(cookie.getSameSite()).isEqualToIgnoringCase("Strict");
        assertThat(cookie.isSecured()).isFalse();
        given().cookie(cookie)
                .get("/api/session")
                .then()
                .statusCode(200)
                .body("role", equalTo("operator"))
                .body("tenant.name", equalTo("Harbour Salon"))
                .body("tenant.timeZone", equalTo("America/New_York"));
        given().cookie(cookie).get("/api/leads").then().statusCode(200);
        given().get("/api/session").then().statusCode(401);
    }

    @Test
    void shouldMarkTheCookieSecureWhenTheBrowserCameByHttps() {
        TestTenants.publish(salon);

        assertThat(signIn(Map.of("X-Forwarded-Proto", "https"))
                        .detailedCookie(SessionResource.COOKIE)
                        .isSecured())
                .isTrue();
    }

    @Test
    void shouldRefuseAnythingThatIsNoOperatorToken() {
        String good = Tokens.operator(salon.id(), "operator");
        String forged = good.substring(0, good.length() - 6) + "AAAAAA";

        for (String token : new String[] {"nonsense", forged, good.substring(0, good.lastIndexOf('.') + 1)}) {
            given().contentType("application/json")
                    .body(Map.of("token", token))
                    .post("/api/session")
                    .then()
                    .statusCode(401)
                    .header("Set-Cookie", equalTo(null));
        }
        given().contentType("application/json")
                .body("{}")
                .post("/api/session")
                .then()
                .statusCode(400);
        given().contentType("application/json")
                .body("{")
                .post("/api/session")
                .then()
                .statusCode(400);
    }

    @Test
    void shouldForgetTheCookieAtSignOut() {
        given().delete("/api/session").then().statusCode(204).header("Set-Cookie", containsString("Max-Age=0"));
    }

    @Test
    void shouldNotShadowTheApisWithThePage() {
        given().get("/api/unknown").then().statusCode(404).body(not(containsString("<div id=\"root\">")));
        given().get("/api/leads").then().statusCode(401);
    }

    private Response signIn(Map<String, String> headers) {
        return given().headers(headers)
                .contentType("application/json")
                .body(Map.of("token", Tokens.operator(salon.id(), "operator")))
                .post("/api/session")
                .then()
                .statusCode(200)
                .extract()
                .response();
    }
}

package dev.throughline.platform;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.ElevenLabsRequests;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.platform.testing.TwilioRequests;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/** The platform under a trivial service, on real servers. */
@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class PlatformApplicationTest {

    private static final String ECHO = "/api/webhooks/twilio/echo";
    private static final String TOOL_ORDER =
            "{\"name\":\"a\",\"count\":1,\"day\":\"2026-11-24\",\"colour\":\"RED\",\"items\":[]}";

    @Test
    void shouldReachTheResourceWithASignedForm() {
        Map<String, String> form = new TreeMap<>(Map.of(
                "From", "+12025550142", "CallerName", "", "Body", " Café & thé + 😀 ", "Long", "é😀".repeat(2_000)));
        for (String path : new String[] {ECHO, ECHO + "?tenant=a%2Fb&x"}) {
            TwilioRequests.form(path, form)
                    .post(path)
                    .then()
                    .statusCode(200)
                    .body("CallerName", equalTo(""))
                    .body("Body", equalTo(" Café & thé + 😀 "))
                    .body("Long", equalTo("é😀".repeat(2_000)));
        }
    }

    @Test
    void shouldAnswerTwimlFromABlockingMethod() {
        String path = "/api/webhooks/twilio/blocking";
        TwilioRequests.form(path, Map.of("Name", "Anna"))
                .post(path)
                .then()
                .statusCode(200)
                .contentType(containsString("text/xml"))
                .body(containsString("<Say>Hello Anna</Say><Hangup/>"));
    }

    @Test
    void shouldExplainARefusalToTheAdminOfTheInstallationAndToNobodyElse() {
        String path = "/api/check/platform/rejections";
        // One refusal of a second is explained, and another test's may be it.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            TwilioRequests.form(ECHO, Map.of("Body", "hello"), TwilioRequests.signature("/other", Map.of()))
                    .post(ECHO)
                    .then()
                    .statusCode(403);
            given().auth()
                    .oauth2(Tokens.installationAdmin())
                    .get(path)
                    .then()
                    .statusCode(200)
                    .body("[0].provider", equalTo("twilio"))
                    .body("[0].seen", containsString("/api/webhooks/twilio/"))
                    .body("[0].cure", containsString(" "));
        });
        given().get(path).then().statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(UUID.randomUUID(), "admin"))
                .get(path)
                .then()
                .statusCode(403);
    }

    @Test
    void shouldAnswer403AndNothingElseWithoutAValidSignature() {
        int before = TrivialResource.REACHED.get();
        Map<String, String> form = Map.of("From", "+12025550142");
        for (String signature :
                new String[] {"", "AAAAAAAAAAAAAAAAAAAAAAAAAAA=", TwilioRequests.signature("/other", form)}) {
            String answer = TwilioRequests.form(ECHO, form, signature)
                    .post(ECHO)
                    .then()
                    .statusCode(403)
                    .extract()
                    .asString();
            assertThat(answer).isEmpty();
        }
        given().contentType("application/x-www-form-urlencoded")
                .post(ECHO)
                .then()
                .statusCode(403);
        given().contentType("application/json")
                .body("{}")
                .post("/api/webhooks/elevenlabs/echo")
                .then()
                .statusCode(403);
        given().post("/api/webhooks/elevenlabs/echo").then().statusCode(403);
        assertThat(TrivialResource.REACHED).hasValue(before);
    }

    @Test
    void shouldAnswer413ForAFormOverTheLimit() {
        TwilioRequests.form(ECHO, Map.of("Body", "x".repeat(70_000)))
                .post(ECHO)
                .then()
                .statusCode(413);
    }

    @Test
    void shouldReachTheResourceWithASignedBody() {
        ElevenLabsRequests.webhook("{\"type\":\"é\"}")
                .post("/api/webhooks/elevenlabs/echo")
                .then()
                .statusCode(200)
                .body(equalTo("13"));
    }

    @Test
    void shouldNameTheFieldThatDoesNotFit() {
        String token = Tokens.operator(UUID.randomUUID(), "operator");
        order(token, "{\"count\":\"many\"}")
                .body("errors[0].field", equalTo("count"))
                .body("code", equalTo("VALIDATION_ERROR"));
        order(token, "{\"day\":\"tomorrow\"}").body("errors[0].field", equalTo("day"));
        order(token, "{\"colour\":\"BLUE\"}").body("detail", containsString("colour must be one of [RED, GREEN]"));
        order(token, "{\"items\":[{\"id\":\"x\"}]}").body("errors[0].field", equalTo("items[0].id"));
        order(token, "{\"name\":").body("errors[0].field", equalTo("body"));
        order(token, "[]").body("errors[0].field", equalTo("body"));
    }

    private static io.restassured.response.ValidatableResponse order(String token, String json) {
        return given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(json)
                .post("/api/orders")
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("status", equalTo(400));
    }

    @Test
    void shouldSpeakTheSeedsShapeToAgents() {
        Tenant tenant = TestTenants.publish(TestTenants.salon(UUID.randomUUID(), "+12025550103", "secret-103"));
        ElevenLabsRequests.tool("secret-103", "{\"count\":\"many\"}")
                .post("/api/tools/order")
                .then()
                .statusCode(400)
                .body("success", equalTo(false))
                .body("code", equalTo("VALIDATION_ERROR"))
                .body("error", containsString("count"));
        ElevenLabsRequests.tool("secret-103", TOOL_ORDER)
                .post("/api/tools/order")
                .then()
                .statusCode(200)
                .body("success", equalTo(true))
                .body("data", equalTo(tenant.id().toString()))
                .body("error", nullValue());
    }

    @Test
    void shouldRefuseAnUnknownToolSecret() {
        ElevenLabsRequests.tool("not-a-secret", TOOL_ORDER)
                .post("/api/tools/order")
                .then()
                .statusCode(401);
        given().contentType("application/json")
                .body(TOOL_ORDER)
                .post("/api/tools/order")
                .then()
                .statusCode(401);
        given().auth()
                .oauth2(Tokens.operator(UUID.randomUUID(), "admin"))
                .contentType("application/json")
                .body(TOOL_ORDER)
                .post("/api/tools/order")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldTakeTheOperatorsTenantFromItsToken() {
        UUID own = UUID.randomUUID();
        String path = "/api/tenants/" + own;
        given().auth().oauth2(Tokens.operator(own, "viewer")).get(path).then().statusCode(200);
        given().cookie("throughline_session", Tokens.operator(own, "viewer"))
                .get(path)
                .then()
                .statusCode(200);
        given().auth().oauth2(Tokens.installationAdmin()).get(path).then().statusCode(200);
        given().auth()
                .oauth2(Tokens.operator(UUID.randomUUID(), "admin"))
                .get(path)
                .then()
                .statusCode(404)
                .body("code", equalTo("NOT_FOUND"));
        given().get(path).then().statusCode(401);
        given().auth().oauth2("not.a.token").get(path).then().statusCode(401);
    }

    @Test
    void shouldDenyWhatNobodyAnnotated() {
        given().auth()
                .oauth2(Tokens.installationAdmin())
                .get("/api/forgotten")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldTellARefusalAndHideAnAccident() {
        given().get("/api/refused")
                .then()
                .statusCode(409)
                .body("code", equalTo("SLOT_TAKEN"))
                .body("title", equalTo("Conflict"));
        String accident =
                given().get("/api/broken").then().statusCode(500).extract().asString();
        assertThat(accident).doesNotContain("internal detail").contains("INTERNAL_ERROR");
        given().get("/api/nowhere").then().statusCode(404);
    }

    @Test
    void shouldSayThatTheDatabaseIsAwayAndThatTryingAgainHelps() {
        given().get("/api/database-away").then().statusCode(503).body("code", equalTo("UNAVAILABLE"));
    }

    @Test
    void shouldKeepHealthAndMetricsOnTheManagementPort() {
        int port = ConfigProvider.getConfig().getValue("quarkus.management.test-port", Integer.class);
        given().get("/q/health").then().statusCode(404);
        TestTenants.publish(TestTenants.salon("+12025550104"));
        given().port(port)
                .get("/q/health/ready")
                .then()
                .statusCode(200)
                .body("checks.name", org.hamcrest.Matchers.hasItem("tenant directory warm"));
        given().port(port).get("/q/metrics").then().statusCode(200).body(containsString("throughline_outbox_waiting"));
    }

    @Test
    void shouldRefuseAnUnsignedUpgrade() {
        assertThat(upgrade("/signed-socket", "wrong")).isEqualTo(403);
        assertThat(upgrade("/signed-socket/", "wrong")).isEqualTo(403);
        assertThat(upgrade("/signed-socket", TwilioRequests.upgradeSignature("/signed-socket")))
                .isEqualTo(101);
        assertThat(upgrade("/signed-socket", TwilioRequests.upgradeSignature("/signed-socket/")))
                .isEqualTo(101);
    }

    private static int upgrade(String path, String signature) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .header("x-twilio-signature", signature)
                    .buildAsync(URI.create("ws://localhost:" + RestAssured.port + path), new WebSocket.Listener() {})
                    .join();
            socket.abort();
            return 101;
        } catch (CompletionException e) {
            return ((WebSocketHandshakeException) e.getCause()).getResponse().statusCode();
        }
    }
}

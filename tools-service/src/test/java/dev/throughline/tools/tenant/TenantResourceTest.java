package dev.throughline.tools.tenant;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.events.Topics;
import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantCodec;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.events.tenant.TextSettings;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaProbe;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import java.io.IOException;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
class TenantResourceTest {

    @Test
    void shouldCreateATenantAndPublishItWithoutItsSecret() throws IOException {
        String number = Salon.newNumber();

        Response created = Salon.post("/api/tenants", Salon.body(number));

        created.then()
                .statusCode(201)
                .body("name", equalTo("Harbour Salon"))
                .body("twilioPhoneNumber", equalTo(number))
                .body("voicePath", equalTo("BRIDGE"))
                .body("country", equalTo("US"))
                .body("settings.businessHours.monday.open", equalTo("09:00"));
        JsonNode tenant = Salon.json(created);
        String id = tenant.path("id").asText();
        assertThat(created.header("Location")).endsWith("/api/tenants/" + id);
        String secret = tenant.path("toolSecret").asText();
        assertThat(secret).hasSizeGreaterThan(40);
        ConsumerRecord<String, byte[]> record = published(id, 1);
        Tenant onTopic = TenantCodec.decode(record.value());
        assertThat(onTopic.toolSecretHashes()).containsExactly(TenantDirectory.toolSecretHash(secret));
        assertThat(new String(record.value(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain(secret);
        given().auth()
                .oauth2(Tokens.installationAdmin())
                .get("/api/tenants/" + id)
                .then()
                .statusCode(200)
                .body("toolSecret", nullValue());
    }

    @Test
    void shouldRefuseANumberThatBelongsToAnother() {
        String number = Salon.newNumber();
        Salon.post("/api/tenants", Salon.body(number)).then().statusCode(201);

        Salon.post("/api/tenants", Salon.body(number))
                .then()
                .statusCode(409)
                .contentType("application/problem+json")
                .body("code", equalTo("NUMBER_TAKEN"))
                .body("detail", containsString(number));
    }

    @Test
    void shouldNameEveryWrongField() {
        String body = """
                {"twilioPhoneNumber":"twelve","timeZone":"America/Boston","country":"XX","settings":{"fallbackNumber":"0",
                 "businessHours":{"monday":{"open":"17:00","close":"09:00","enabled":true},"someday":{"open":"09:00","close":"10:00"},
                 "friday":{"open":"nine","close":"17:00"}}}}""";

        Salon.post("/api/tenants", body)
                .then()
                .statusCode(400)
                .contentType("application/problem+json")
                .body("code", equalTo("VALIDATION_ERROR"))
                .body(
                        "errors.field",
                        hasItems(
                                "name",
                                "twilioPhoneNumber",
                                "timeZone",
                                "country",
                                "settings.fallbackNumber",
                                "settings.businessHours.monday.close",
                                "settings.businessHours.someday",
                                "settings.businessHours.friday.open"));
    }

    @Test
    void shouldStoreAndPublishHowCallsAreHandled() throws IOException {
        Salon salon = Salon.open();

        patch(salon, """
                {"settings":{"fallbackNumber":"(202) 555-0111","calls":{
                 "outsideHours":{"kind":"VOICEMAIL","message":"  We are closed.  "},"overLimit":{"kind":"RING"},
                 "maxConcurrentCalls":2,"callsPerMinute":1000,"blockedCallers":["202 555 0166","+12025550166"],
                 "sipAddresses":["SIP:Front-%s@Example.COM"],"answeringMachine":"LEAVE_MESSAGE","answeringMachineMessage":"Call us.",
                 "humans":[{"name":"Maria","number":"202-555-0112"},{"name":"Jo","number":"+12025550113"}]}}}""".formatted(salon.id()))
                .then()
                .statusCode(200)
                .body("settings.calls.outsideHours.message", equalTo("We are closed."))
                .body("settings.calls.humans.number", equalTo(List.of("+12025550112", "+12025550113")))
                .body("settings.aiTone", equalTo("professional and friendly"));

        CallSettings calls = TenantCodec.decode(
                        published(salon.id().toString(), 6).value())
                .settings()
                .calls();
        assertThat(calls.outsideHours()).isEqualTo(new CallAnswer(CallAnswer.Kind.VOICEMAIL, "We are closed."));
        assertThat(calls.blockedCallers()).containsExactly("+12025550166");
        assertThat(calls.sipAddresses()).containsExactly("sip:front-" + salon.id() + "@example.com");
        assertThat(calls.humans()).extracting(CallSettings.Human::name).containsExactly("Maria", "Jo");

        // A later change of something else leaves them, and a secret's rotation too.
        rotate(salon);
        patch(salon, "{\"settings\":{\"calls\":{\"maxConcurrentCalls\":null}}}")
                .then()
                .statusCode(200)
                .body("settings.calls.maxConcurrentCalls", nullValue())
                .body("settings.calls.callsPerMinute", equalTo(1000))
                .body("settings.calls.overLimit.kind", equalTo("RING"));
    }

    @Test
    void shouldNameEveryWrongFieldOfTheCalls() {
        Salon salon = Salon.open();

        patch(salon, """
                {"settings":{"calls":{"outsideHours":{"message":"%s"},"overLimit":{"kind":"RING"},"agentDown":{"kind":"AGENT"},
                 "maxConcurrentCalls":0,"callsPerMinute":1001,"blockedCallers":["+12025550166","nobody"],
                 "sipAddresses":["sip:a@b c","tel:+1202"],"answeringMachineMessage":"%s",
                 "humans":[{"number":"12"},{"name":"Jo","number":"+12025550113"},{"name":"JO"}]}}}""".formatted("x".repeat(601), "y".repeat(601)))
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "settings.calls.outsideHours.kind",
                                "settings.calls.outsideHours.message",
                                "settings.calls.overLimit.kind",
                                "settings.calls.agentDown.kind",
                                "settings.calls.maxConcurrentCalls",
                                "settings.calls.callsPerMinute",
                                "settings.calls.blockedCallers[1]",
                                "settings.calls.sipAddresses[0]",
                                "settings.calls.sipAddresses[1]",
                                "settings.calls.answeringMachineMessage",
                                "settings.calls.humans[0].name",
                                "settings.calls.humans[2].name",
                                "settings.calls.humans[2].number"));
        patch(salon, "{\"settings\":{\"calls\":{\"blocked\":{\"kind\":\"SHOUT\"}}}}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("settings.calls.blocked.kind"))
                .body("errors[0].message", containsString("VOICEMAIL"));
    }

    @Test
    void shouldKeepAndPublishHowTextsAreHandled() throws Exception {
        Salon salon = Salon.open();
        String service = "MG" + salon.id().toString().replace("-", "");
        patch(salon, """
                {"settings":{"texts":{"quietHours":{"from":"21:00","to":"08:00"},"textsPerMinute":60,"maxLength":320,
                 "messagingServiceSid":"%s","senders":["%s"],"helpText":"Call us.","fallback":"We write back.",
                 "onFailure":"HOOK","failureHook":"https://example.com/texts"}}}""".formatted(service, shortCode(salon)))
                .then()
                .statusCode(200)
                .body("settings.texts.quietHours.from", equalTo("21:00"))
                .body("settings.texts.senders", equalTo(List.of(shortCode(salon))));

        // A later change of something else leaves them.
        patch(salon, "{\"settings\":{\"aiTone\":\"calm\",\"texts\":{\"textsPerMinute\":null}}}")
                .then()
                .statusCode(200)
                .body("settings.texts.textsPerMinute", nullValue())
                .body("settings.texts.maxLength", equalTo(320));
        TextSettings texts = TenantCodec.decode(
                        published(salon.id().toString(), 7).value())
                .settings()
                .texts();
        assertThat(texts.messagingServiceSid()).isEqualTo(service);
        assertThat(texts.onFailure()).isEqualTo(TextSettings.OnFailure.HOOK);

        // Nobody else may text in its name; given up, somebody else may.
        Salon other = Salon.open();
        String same = "{\"settings\":{\"texts\":{\"senders\":[\"" + shortCode(salon) + "\"]}}}";
        patch(other, same).then().statusCode(409).body("code", equalTo("SENDER_TAKEN"));
        patch(other, "{\"settings\":{\"texts\":{\"messagingServiceSid\":\"" + service + "\"}}}")
                .then()
                .statusCode(409);
        patch(salon, "{\"settings\":{\"texts\":null}}").then().statusCode(200);
        patch(other, same).then().statusCode(200);
    }

    private static String shortCode(Salon salon) {
        return String.valueOf(100_000 + Math.floorMod(salon.id().hashCode(), 800_000));
    }

    @Test
    void shouldNameEveryWrongFieldOfTheTexts() {
        Salon salon = Salon.open();
        patch(salon, """
                {"settings":{"texts":{"quietHours":{"from":"9 pm"},"textsPerMinute":0,"maxLength":1601,
                 "messagingServiceSid":"AC1","senders":["nobody",""],"helpText":"%s","onFailure":"HOOK"}}}""".formatted("x".repeat(1_601)))
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "settings.texts.quietHours.from",
                                "settings.texts.quietHours.to",
                                "settings.texts.textsPerMinute",
                                "settings.texts.maxLength",
                                "settings.texts.messagingServiceSid",
                                "settings.texts.senders[0]",
                                "settings.texts.senders[1]",
                                "settings.texts.helpText",
                                "settings.texts.failureHook"));
        patch(salon, "{\"settings\":{\"texts\":{\"onFailure\":\"HOOK\",\"failureHook\":\"http://example.com\"}}}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("settings.texts.failureHook"));
    }

    @Test
    void shouldKeepTheWeightsOfTheScoreAndNameWhatIsWrongWithThem() throws Exception {
        Salon salon = Salon.open();
        patch(salon, "{\"settings\":{\"score\":{\"weights\":{\"booked\":150,\"name\":0}}}}")
                .then()
                .statusCode(200)
                .body("settings.score.weights.booked", equalTo(150));
        assertThat(TenantCodec.decode(published(salon.id().toString(), 6).value())
                        .settings()
                        .score()
                        .weights())
                .containsEntry("booked", 150)
                .containsEntry("name", 0);

        patch(salon, "{\"settings\":{\"score\":{\"weights\":{\"mood\":10,\"booked\":-1}}}}")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("settings.score.weights.mood", "settings.score.weights.booked"));
    }

    @Test
    void shouldMakeAPublicKeyForTheChatAndKeepWhereItMayRun() throws Exception {
        Salon salon = Salon.open();
        String key = patch(
                        salon,
                        "{\"settings\":{\"widget\":{\"origins\":[\"https://WWW.Salon.example:443/\",\"http://localhost:8080\"]}}}")
                .then()
                .statusCode(200)
                .body("settings.widget.enabled", equalTo(true))
                .body(
                        "settings.widget.origins",
                        equalTo(java.util.List.of("https://www.salon.example", "http://localhost:8080")))
                .extract()
                .path("settings.widget.key");
        assertThat(key).startsWith("wk_" + salon.id().toString().replace("-", ""));

        patch(salon, "{\"settings\":{\"aiTone\":\"calm\"}}").then().body("settings.widget.key", equalTo(key));
        patch(salon, "{\"settings\":{\"widget\":{\"key\":null,\"enabled\":false}}}")
                .then()
                .body("settings.widget.enabled", equalTo(false))
                .body("settings.widget.key", org.hamcrest.Matchers.not(equalTo(key)));
        patch(
                        salon,
                        "{\"settings\":{\"widget\":{\"key\":\"wk_mine\",\"origins\":[\"http://salon.example\",\"https://a.example/x\",\"*\",null]}}}")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "settings.widget.key",
                                "settings.widget.origins[0]",
                                "settings.widget.origins[1]",
                                "settings.widget.origins[2]",
                                "settings.widget.origins[3]"));
    }

    @Test
    void shouldKeepWhatIsToBeDoneByItselfAndNameWhatIsWrongWithIt() throws Exception {
        Salon salon = Salon.open();
        patch(salon, """
                {"settings":{"followUps":{"missedCall":{"minutes":[2,2],"text":"Hi {name|there}, {business} here."},
                 "reminder":{"minutes":[1440,120],"channel":"CALL","questions":["Will you come at {time}?"]}}}}""")
                .then()
                .statusCode(200)
                .body("settings.followUps.missedCall.minutes", equalTo(java.util.List.of(2)))
                .body("settings.followUps.missedCall.channel", equalTo("TEXT"))
                .body("settings.followUps.reminder.channel", equalTo("CALL"));
        assertThat(TenantCodec.decode(published(salon.id().toString(), 6).value())
                        .settings()
                        .followUps()
                        .reminder()
                        .minutes())
                .containsExactly(1440, 120);

        patch(salon, """
                {"settings":{"followUps":{"missedCall":{"minutes":null,"text":"See you {time}"},
                 "callWithoutBooking":{"minutes":[-1],"channel":"HOOK"},
                 "reminder":{"minutes":[5],"channel":"CALL","text":"{name","questions":[]}}}}""")
                .then()
                .statusCode(400)
                .body(
                        "errors.field",
                        hasItems(
                                "settings.followUps.missedCall.minutes",
                                "settings.followUps.missedCall.text",
                                "settings.followUps.callWithoutBooking.minutes",
                                "settings.followUps.callWithoutBooking.channel",
                                "settings.followUps.reminder.minutes",
                                "settings.followUps.reminder.questions",
                                "settings.followUps.reminder.text"));
        patch(salon, "{\"settings\":{\"followUps\":null}}").then().statusCode(200);
    }

    @Test
    void shouldBoundTheListsOfTheCalls() {
        Salon salon = Salon.open();
        String number = "\"+12025550166\"";
        String human = "{\"name\":\"Jo\",\"number\":\"+12025550113\"}";

        patch(
                        salon,
                        "{\"settings\":{\"calls\":{\"blockedCallers\":" + Collections.nCopies(1_001, number)
                                + ",\"humans\":" + Collections.nCopies(21, human) + "}}}")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("settings.calls.blockedCallers", "settings.calls.humans"));
    }

    @Test
    void shouldRefuseASipAddressThatBelongsToAnother() {
        Salon one = Salon.open();
        Salon other = Salon.open();
        String own = "{\"settings\":{\"calls\":{\"sipAddresses\":[\"sip:" + one.id() + "@example.com\"]}}}";
        patch(one, own).then().statusCode(200);

        patch(other, own).then().statusCode(409).body("code", equalTo("SIP_ADDRESS_TAKEN"));

        patch(one, own).then().statusCode(200);
        patch(one, "{\"settings\":{\"calls\":null}}").then().statusCode(200);
        patch(other, own).then().statusCode(200);
    }

    @Test
    void shouldReadSettingsFromBeforeThereWereAnyForCalls() throws IOException {
        TenantSettings old = EventJson.mapper().readValue("{\"aiTone\":\"warm\"}", TenantSettings.class);

        assertThat(old.calls()).isEqualTo(CallSettings.standard());
        assertThat(Salon.json(Salon.post("/api/tenants", Salon.body(Salon.newNumber())))
                        .at("/settings/calls/answeringMachine")
                        .asText())
                .isEqualTo("HANG_UP");
    }

    @Test
    void shouldNameTheFieldOfMalformedJson() {
        Salon.post("/api/tenants", "{\"name\":").then().statusCode(400);
        Salon.post("/api/tenants", "{\"name\":\"x\",\"settings\":\"none\"}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("settings"));
        Salon.post("/api/tenants", "").then().statusCode(400);
    }

    @Test
    void shouldMergeAPatchAndReplaceByPut() throws IOException {
        Salon salon = Salon.open();

        given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .contentType("application/json")
                .body(
                        "{\"name\":\"Harbour Hair\",\"settings\":{\"aiTone\":null,\"businessHours\":{\"monday\":{\"open\":\"10:00\"}}}}")
                .patch("/api/tenants/" + salon.id())
                .then()
                .statusCode(200)
                .body("name", equalTo("Harbour Hair"))
                .body("version", equalTo(6))
                .body("settings.aiTone", nullValue())
                .body("settings.aiGreeting", equalTo("Hello! Welcome to Harbour Salon."))
                .body("settings.businessHours.monday.open", equalTo("10:00"))
                .body("settings.businessHours.monday.close", equalTo("17:00"));
        assertThat(TenantCodec.decode(published(salon.id().toString(), 6).value())
                        .name())
                .isEqualTo("Harbour Hair");

        given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .contentType("application/json")
                .body("{\"name\":\"Bare\",\"timeZone\":\"Europe/London\"}")
                .put("/api/tenants/" + salon.id())
                .then()
                .statusCode(200)
                .body("version", equalTo(7))
                .body("twilioPhoneNumber", nullValue());
        assertThat(salon.tool("get_tenant_info", "{}").path("success").asBoolean())
                .isTrue();
    }

    @Test
    void shouldKeepTheSecretBeforeUntilTheNextRotation() {
        Salon salon = Salon.open();

        String second = rotate(salon);
        assertThat(status(salon.secret())).isEqualTo(200);
        assertThat(status(second)).isEqualTo(200);

        String third = rotate(salon);
        assertThat(status(salon.secret())).isEqualTo(401);
        assertThat(status(second)).isEqualTo(200);
        assertThat(status(third)).isEqualTo(200);
    }

    @Test
    void shouldShowATokenOnlyItsOwnTenant() {
        Salon one = Salon.open();
        Salon other = Salon.open();
        String token = Tokens.operator(one.id(), "admin");

        given().auth()
                .oauth2(token)
                .get("/api/tenants")
                .then()
                .statusCode(200)
                .body("id", equalTo(List.of(one.id().toString())));
        given().auth().oauth2(token).get("/api/tenants/" + other.id()).then().statusCode(404);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"name\":\"Mine\"}")
                .patch("/api/tenants/" + other.id())
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .post("/api/tenants/" + other.id() + "/tool-secret")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .get("/api/tenants/" + other.id() + "/services")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"name\":\"x\",\"price\":1,\"duration\":1}")
                .post("/api/tenants/" + other.id() + "/services")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .get("/api/tenants/" + other.id() + "/staff")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body("{\"name\":\"x\"}")
                .post("/api/tenants/" + other.id() + "/staff")
                .then()
                .statusCode(404);
        given().auth()
                .oauth2(token)
                .contentType("application/json")
                .body(Salon.body(Salon.newNumber()))
                .post("/api/tenants")
                .then()
                .statusCode(403);
    }

    @Test
    void shouldLetAViewerOnlyLook() {
        Salon salon = Salon.open();
        String viewer = Tokens.operator(salon.id(), "viewer");
        String path = "/api/tenants/" + salon.id();

        given().auth().oauth2(viewer).get(path).then().statusCode(200);
        given().auth().oauth2(viewer).get(path + "/services").then().statusCode(200);
        given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{}")
                .patch(path)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{}")
                .put(path)
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{}")
                .post("/api/tenants")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{}")
                .post(path + "/services")
                .then()
                .statusCode(403);
        given().auth()
                .oauth2(viewer)
                .contentType("application/json")
                .body("{}")
                .post(path + "/staff")
                .then()
                .statusCode(403);
        given().auth().oauth2(viewer).post(path + "/tool-secret").then().statusCode(403);
    }

    @Test
    void shouldGiveAStrangerNothing() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id();

        for (String get :
                new String[] {"/api/tenants", path, path + "/services", path + "/staff", "/api/appointments"}) {
            given().get(get).then().statusCode(401);
            // A tool secret is no operator's token.
            given().header("X-Tool-Secret", salon.secret()).get(get).then().statusCode(403);
        }
        given().contentType("application/json")
                .body("{}")
                .post("/api/tenants")
                .then()
                .statusCode(401);
        given().contentType("application/json")
                .body("{}")
                .post(path + "/services")
                .then()
                .statusCode(401);
        given().contentType("application/json")
                .body("{}")
                .post(path + "/staff")
                .then()
                .statusCode(401);
        given().post(path + "/tool-secret").then().statusCode(401);
    }

    @Test
    void shouldFindServicesAndStaffWhereTheyWereMade() {
        Salon salon = Salon.open();
        String viewer = Tokens.operator(salon.id(), "viewer");
        String path = "/api/tenants/" + salon.id();

        given().auth()
                .oauth2(viewer)
                .get(path + "/services/" + salon.haircut())
                .then()
                .statusCode(200)
                .body("name", equalTo("Haircut"));
        given().auth()
                .oauth2(viewer)
                .get(path + "/staff/" + salon.jo())
                .then()
                .statusCode(200)
                .body("serviceIds", equalTo(List.of(salon.haircut().toString())));
        given().auth()
                .oauth2(viewer)
                .get(path + "/staff/" + salon.haircut())
                .then()
                .statusCode(404);
    }

    @Test
    void shouldNameWrongFieldsOfServicesAndStaff() {
        Salon salon = Salon.open();
        String path = "/api/tenants/" + salon.id();

        Salon.post(path + "/services", "{\"price\":-1,\"duration\":0,\"bufferBefore\":-5}")
                .then()
                .statusCode(400)
                .body("errors.field", hasItems("name", "price", "duration", "bufferBefore"));
        Salon.post(path + "/services", "{\"name\":\"COLOURING\",\"price\":1,\"duration\":10}")
                .then()
                .statusCode(409);
        Salon.post(path + "/staff", "{\"name\":\"Kim\",\"serviceIds\":[\"" + UUID.randomUUID() + "\"]}")
                .then()
                .statusCode(400)
                .body("errors[0].field", equalTo("serviceIds[0]"));
        Salon.post("/api/tenants/" + UUID.randomUUID() + "/staff", "{\"name\":\"Kim\"}")
                .then()
                .statusCode(404);
    }

    private static Response patch(Salon salon, String body) {
        return given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .contentType("application/json")
                .body(body)
                .patch("/api/tenants/" + salon.id());
    }

    private static String rotate(Salon salon) {
        return given().auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .post("/api/tenants/" + salon.id() + "/tool-secret")
                .then()
                .statusCode(200)
                .extract()
                .path("toolSecret");
    }

    private static int status(String secret) {
        return given().header("X-Tool-Secret", secret)
                .get("/api/tools/get_hours")
                .statusCode();
    }

    private static ConsumerRecord<String, byte[]> published(String id, long version) {
        var records = KafkaProbe.read(
                Topics.TENANTS,
                all -> all.stream().anyMatch(record -> isVersion(record, id, version)),
                Duration.ofSeconds(10));
        return records.stream()
                .filter(record -> isVersion(record, id, version))
                .findFirst()
                .orElseThrow();
    }

    private static boolean isVersion(ConsumerRecord<String, byte[]> record, String id, long version) {
        try {
            return id.equals(record.key()) && TenantCodec.decode(record.value()).version() == version;
        } catch (IOException notATenant) {
            return false;
        }
    }
}

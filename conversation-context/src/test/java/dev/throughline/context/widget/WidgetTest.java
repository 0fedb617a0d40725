package dev.throughline.context.widget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import com.sun.net.httpserver.HttpServer;
import dev.throughline.context.stream.SseClient;
import dev.throughline.context.testing.EventTopic;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.Topics;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.WidgetSettings;
import dev.throughline.platform.tenant.VisitorMechanism;
import dev.throughline.platform.testing.ElevenLabsRequests;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.KafkaTestResource;
import dev.throughline.platform.testing.PostgresTestResource;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(KafkaTestResource.class)
@QuarkusTestResource(PostgresTestResource.class)
@QuarkusTestResource(IdentityTestResource.class)
@QuarkusTestResource(value = WidgetTest.Gateway.class, restrictToAnnotatedClass = true)
class WidgetTest {

    private static final String PAGE = Tokens.VISITORS_PAGE;
    private static final String ELSEWHERE = "https://elsewhere.example";

    @TestHTTPResource("/")
    URI base;

    private final Tenant salon = chatting(PAGE);
    private final Tenant other = chatting("https://other.example");
    private final String address = "203.0.113." + ThreadLocalRandom.current().nextInt(1, 255) + "." + UUID.randomUUID();

    @BeforeEach
    void publishTheTenants() {
        TestTenants.publish(salon, other);
    }

    private static Tenant chatting(String origin) {
        Tenant tenant =
                TestTenants.salon("+1202555" + ThreadLocalRandom.current().nextInt(1000, 10_000));
        String key = "wk_" + tenant.id().toString().replace("-", "") + "_abcdefghijkl";
        return new Tenant(
                tenant.id(),
                tenant.name(),
                tenant.twilioPhoneNumber(),
                null,
                tenant.timeZone(),
                tenant.country(),
                tenant.language(),
                tenant.voicePath(),
                tenant.settings().with(new WidgetSettings(true, key, List.of(origin))),
                tenant.toolSecretHashes(),
                1);
    }

    @Test
    void shouldOpenAChatOnAListedPageAndKnowTheBrowserAgain() {
        JsonPath first = opened(salon, null);
        assertThat(first.getBoolean("resumed")).isFalse();
        assertThat(first.getString("business")).isEqualTo("Harbour Salon");
        assertThat(first.getString("greeting")).isEqualTo("Hello from Harbour Salon.");

        JsonPath again = opened(salon, first.getString("visitor"));
        assertThat(again.getBoolean("resumed")).isTrue();
        assertThat(again.getString("leadId")).isEqualTo(first.getString("leadId"));

        // Neither a made-up key nor another tenant's is anybody.
        for (String forged : List.of("AAAA", "x".repeat(43), opened(other, null).getString("visitor"))) {
            JsonPath somebody = opened(salon, forged);
            assertThat(somebody.getBoolean("resumed")).isFalse();
            assertThat(somebody.getString("visitor")).isNotEqualTo(forged);
        }
    }

    @Test
    void shouldAnswerPagesOfListedOriginsAlone() {
        preflight(PAGE)
                .statusCode(204)
                .header("Access-Control-Allow-Origin", PAGE)
                .header("Access-Control-Allow-Headers", containsString(VisitorMechanism.HEADER))
                .header("Access-Control-Allow-Credentials", nullValue());
        preflight(ELSEWHERE).statusCode(403).header("Access-Control-Allow-Origin", nullValue());
        preflight("null").statusCode(403).header("Access-Control-Allow-Origin", nullValue());

        open(salon.settings().widget().key(), PAGE).statusCode(200).header("Access-Control-Allow-Origin", PAGE);
        open(salon.settings().widget().key(), ELSEWHERE)
                .statusCode(403)
                .header("Access-Control-Allow-Origin", nullValue());
        // A page of one tenant with the key of another, and a page that says nothing of where it is.
        open(other.settings().widget().key(), PAGE).statusCode(403).body("code", equalTo("CHAT_NOT_ALLOWED"));
        open(salon.settings().widget().key(), null).statusCode(403);
        open("wk_" + "0".repeat(32) + "_abcdefghijkl", PAGE).statusCode(403);
        open(null, PAGE).statusCode(403);
    }

    @Test
    void shouldAdmitOnlySoManyChatsOfOneAddress() {
        String key = salon.settings().widget().key();
        open(key, PAGE).statusCode(200);
        // The allowance comes back evenly, so on a slow machine it takes a few more than it holds.
        await().pollInterval(Duration.ofMillis(1))
                .until(() -> open(key, PAGE).extract().statusCode() == 429);
        open(key, PAGE).statusCode(429).header("Retry-After", "60");
    }

    @Test
    void shouldKeepWhatWasSaidOnceAndTellItToTheVisitorAlone() {
        JsonPath chat = opened(salon, null);
        String token = chat.getString("token");
        UUID lead = UUID.fromString(chat.getString("leadId"));
        String conversation = begun(token).getString("conversationId");
        say(
                        token,
                        message("m1", "CUSTOMER", "Is <b>Tuesday</b> free?", conversation),
                        message("m2", "AGENT", "Yes.", conversation))
                .statusCode(202);
        say(token, message("m1", "CUSTOMER", "Is <b>Tuesday</b> free?", conversation))
                .statusCode(202);

        try (SseClient stream = stream(token)) {
            await().atMost(Duration.ofSeconds(10)).until(() -> stream.lines().size() >= 2);
            publish(
                    event(lead, new OperatorEvent.Note("n1", "maria", "Difficult customer.")),
                    event(lead, new OperatorEvent.Whisper("w1", "maria", "Offer a discount.", null)),
                    event(lead, new LeadEvent.Scored(80, List.of())),
                    event(
                            lead,
                            new SmsEvent.Sent(
                                    "SM1",
                                    "+12025550100",
                                    "+12025550142",
                                    "See you!",
                                    1,
                                    Speaker.OPERATOR,
                                    null,
                                    null)));
            await().atMost(Duration.ofSeconds(10)).until(() -> stream.lines().size() >= 3);
            assertThat(stream.lines())
                    .extracting(line -> JsonPath.from(line.data()).getString("kind") + ": "
                            + JsonPath.from(line.data()).getString("text"))
                    .containsExactly("chat: Is <b>Tuesday</b> free?", "chat: Yes.", "text: See you!");
        }
        operator()
                .get("/api/leads/" + lead + "/timeline")
                .then()
                .statusCode(200)
                .body("entries.text", hasItem("Is <b>Tuesday</b> free?"))
                .body("entries.findAll { it.channel == 'CHAT' }.size()", equalTo(2));

        // What the agent is told next passes the visitor's own eyes.
        assertThat(begun(token).getString("dynamicVariables.conversation_context"))
                .contains("Customer: Is <b>Tuesday</b> free?", "Operator: See you!")
                .doesNotContain("Difficult", "discount", "score");
    }

    @Test
    void shouldNotOpenAnothersHistoryForATypedNumber() {
        String phone = "+1202555" + ThreadLocalRandom.current().nextInt(1000, 10_000);
        UUID owner = LeadIds.of(salon.id(), ContactAddress.phone(phone));
        publish(event(owner, new SmsEvent.Received("SM2", phone, "+12025550100", "My secret", 1, List.of())));
        JsonPath chat = opened(salon, null);
        String token = chat.getString("token");

        visitor(token)
                .body(Map.of("name", "Mallory", "phone", phone))
                .post("/api/widget/contact")
                .then()
                .statusCode(202);

        await().atMost(Duration.ofSeconds(10)).untilAsserted(() -> operator()
                .get("/api/leads/" + chat.getString("leadId"))
                .then()
                .statusCode(200)
                .body("lead.name", equalTo("Mallory")));
        JsonPath conversation = begun(token);
        assertThat(conversation.getString("dynamicVariables.customer_phone")).isEmpty();
        assertThat(conversation.prettify()).doesNotContain("secret");
        visitor(token)
                .body(Map.of("phone", "call me"))
                .post("/api/widget/contact")
                .then()
                .statusCode(400);
    }

    @Test
    void shouldBelieveTheConversationNotTheBrowserWhoseItWas() {
        JsonPath chat = opened(salon, null);
        JsonPath conversation = begun(chat.getString("token"));
        UUID victim = UUID.randomUUID();
        publish(event(victim, new ChatEvent.Message("v1", null, Speaker.CUSTOMER, "I am somebody else.")));
        operatorSees(victim);

        ElevenLabsRequests.webhook("""
                        {"type":"post_call_transcription","event_timestamp":%d,"data":{"agent_id":"agent_test",
                        "conversation_id":"%s","status":"done","transcript":[{"role":"agent","message":"Hi.","time_in_call_secs":0}],
                        "metadata":{"start_time_unix_secs":1700000000,"call_duration_secs":5},
                        "conversation_initiation_client_data":{"dynamic_variables":{"lead_id":"%s","tenant_id":"%s","channel":"chat"}}}}
                        """.formatted(
                        Instant.now().getEpochSecond(), conversation.getString("conversationId"), victim, salon.id()))
                .post("/api/webhooks/elevenlabs/post-call")
                .then()
                .statusCode(200)
                .body("data.status", equalTo("recorded"));

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> assertThat(types(UUID.fromString(chat.getString("leadId"))))
                        .contains("conversation.analysed"));
        assertThat(types(victim)).doesNotContain("conversation.analysed");
    }

    @Test
    void shouldNameWhatIsWrongWithAMessage() {
        String token = opened(salon, null).getString("token");
        String theirs = begun(opened(salon, null).getString("token")).getString("conversationId");

        say(token, message("a b", "OPERATOR", "x".repeat(4_001), "no/id"))
                .statusCode(400)
                .body("errors.field", hasItem("messages[0].id"))
                .body("errors.field", hasItem("messages[0].speaker"))
                .body("errors.field", hasItem("messages[0].text"))
                .body("errors.field", hasItem("messages[0].conversationId"));
        say(token, message("m1", "CUSTOMER", "Hi", theirs))
                .statusCode(400)
                .body("errors[0].field", equalTo("conversationId"));
        say(token).statusCode(400);
        visitor(token)
                .body("{\"medium\":\"smoke\"}")
                .post("/api/widget/conversation")
                .then()
                .statusCode(400);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/widget/conversation",
        "POST, /api/widget/messages",
        "POST, /api/widget/contact",
        "GET, /api/widget/stream"
    })
    void shouldRefuseWhoHasNoVisitorsToken(String method, String path) {
        UUID lead = UUID.randomUUID();
        Clock yesterday = Clock.offset(Clock.systemUTC(), Duration.ofDays(-1));
        ask(null, PAGE).request(method, path).then().statusCode(401);
        ask(Tokens.visitor(salon.id(), lead, yesterday), PAGE)
                .request(method, path)
                .then()
                .statusCode(401);
        ask(Tokens.visitor(salon.id(), lead) + "x", PAGE)
                .request(method, path)
                .then()
                .statusCode(401);
        // Good, but of a page of another origin; and of a tenant that does not list the page it was made for.
        ask(Tokens.visitor(salon.id(), lead), "https://other.example")
                .request(method, path)
                .then()
                .statusCode(401);
        ask(Tokens.visitor(other.id(), lead), PAGE).request(method, path).then().statusCode(403);
        RestAssured.given()
                .contentType(ContentType.JSON)
                .auth()
                .oauth2(Tokens.operator(salon.id(), "admin"))
                .request(method, path)
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/board",
        "GET, /api/leads",
        "GET, /api/leads/LEAD",
        "GET, /api/leads/LEAD/timeline",
        "GET, /api/leads/LEAD/context",
        "POST, /api/leads/LEAD/notes",
        "POST, /api/leads/LEAD/whispers",
        "POST, /api/leads/LEAD/link",
        "GET, /api/stream/conversation/LEAD",
        "GET, /api/stream/leads",
        "GET, /api/leads/LEAD/follow-ups",
        "GET, /api/session",
        "GET, /api/admin/rebuild"
    })
    void shouldOpenNothingOfOperatorsToAVisitor(String method, String path) {
        UUID lead = UUID.randomUUID();
        ask(Tokens.visitor(salon.id(), lead), PAGE)
                .body(method.equals("GET") ? "" : "{}")
                .request(method, path.replace("LEAD", lead.toString()))
                .then()
                .statusCode(403);
    }

    private JsonPath opened(Tenant tenant, String visitor) {
        String body = visitor == null
                ? "{\"key\":\"" + tenant.settings().widget().key() + "\"}"
                : "{\"key\":\"" + tenant.settings().widget().key() + "\",\"visitor\":\"" + visitor + "\"}";
        return ask(null, tenant.settings().widget().origins().getFirst())
                .body(body)
                .post("/api/widget/session")
                .then()
                .statusCode(200)
                .header("Cache-Control", "no-store")
                .extract()
                .jsonPath();
    }

    private ValidatableResponse open(String key, String origin) {
        return ask(null, origin)
                .body(key == null ? "{}" : "{\"key\":\"" + key + "\"}")
                .post("/api/widget/session")
                .then();
    }

    private static ValidatableResponse preflight(String origin) {
        return RestAssured.given()
                .header("Origin", origin)
                .header("Access-Control-Request-Method", "POST")
                .options("/api/widget/session")
                .then()
                .header("Vary", containsString("Origin"));
    }

    private JsonPath begun(String token) {
        return visitor(token)
                .body("{\"medium\":\"text\"}")
                .post("/api/widget/conversation")
                .then()
                .statusCode(200)
                .body("signedUrl", containsString("wss://"))
                .body("textOnly", equalTo(true))
                .body("begunAt", not(nullValue()))
                .extract()
                .jsonPath();
    }

    private ValidatableResponse say(String token, Map<?, ?>... messages) {
        return visitor(token)
                .body(Map.of("messages", List.of(messages)))
                .post("/api/widget/messages")
                .then();
    }

    private static Map<String, String> message(String id, String speaker, String text, String conversation) {
        return Map.of("id", id, "speaker", speaker, "text", text, "conversationId", conversation);
    }

    private SseClient stream(String token) {
        return SseClient.open(
                base.resolve("/api/widget/stream"), Map.of(VisitorMechanism.HEADER, token, "Origin", PAGE), null);
    }

    private RequestSpecification visitor(String token) {
        return ask(token, PAGE);
    }

    private RequestSpecification ask(String token, String origin) {
        RequestSpecification request =
                RestAssured.given().contentType(ContentType.JSON).header("X-Forwarded-For", address);
        if (token != null) {
            request.header(VisitorMechanism.HEADER, token);
        }
        return origin == null ? request : request.header("Origin", origin);
    }

    private RequestSpecification operator() {
        return RestAssured.given().auth().oauth2(Tokens.operator(salon.id(), "operator"));
    }

    private void operatorSees(UUID lead) {
        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(() -> operator().get("/api/leads/" + lead).then().statusCode(200));
    }

    private RecordedEvent event(UUID lead, dev.throughline.events.ChannelEvent event) {
        return new RecordedEvent(EventIds.of("test", lead, event), Instant.now(), "test", salon.id(), lead, event);
    }

    private static List<String> types(UUID lead) {
        return EventTopic.read(Topics.CHANNEL_EVENTS, lead).stream()
                .map(event -> new String(event.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static void publish(RecordedEvent... events) {
        try (EventTopic topic = new EventTopic()) {
            topic.publish(List.of(events));
        }
    }

    /** telephony-gateway's signed-url endpoint: a new conversation at each request with a visitor's token. */
    public static class Gateway implements QuarkusTestResourceLifecycleManager {

        private HttpServer server;

        @Override
        public Map<String, String> start() {
            try {
                server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            server.createContext("/", exchange -> {
                boolean visitor = exchange.getRequestHeaders().containsKey(VisitorMechanism.HEADER);
                String id = "conv_" + UUID.randomUUID();
                byte[] body = """
                        {"success":true,"data":{"signedUrl":"wss://example.test/?conversation_id=%s","conversationId":"%s",\
                        "textOnly":%s,"userId":"lead","overrides":{},"dynamicVariables":{"customer_phone":"","conversation_context":""}}}
                        """.formatted(
                                id, id, exchange.getRequestURI().getQuery().contains("medium=text"))
                        .getBytes(StandardCharsets.UTF_8);
                exchange.sendResponseHeaders(visitor ? 200 : 401, body.length);
                exchange.getResponseBody().write(body);
                exchange.close();
            });
            server.start();
            return Map.of(
                    "throughline.widget.telephony-url",
                    "http://127.0.0.1:" + server.getAddress().getPort());
        }

        @Override
        public void stop() {
            server.stop(0);
        }
    }
}

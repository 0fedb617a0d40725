package dev.throughline.telephony.initiation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.not;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.kafka.EventPublisher;
import dev.throughline.platform.testing.ElevenLabsRequests;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

@QuarkusTest
class InitiationTest extends GatewayTest {

    private static final String PATH = "/api/webhooks/elevenlabs/conversation-initiation";
    private static final String OUR_FIXTURE_NUMBER = "+15550100002";
    private static final String FIXTURE_CALLER = "+15550100001";

    @Inject
    LeadContexts contexts;

    @Inject
    EventPublisher publisher;

    @Test
    void shouldAnswerTodaysRequestWithEveryVariable() {
        UUID lead = LeadIds.of(Tenants.harbourSalon().id(), ContactAddress.phone(CALLER));

        ValidatableResponse answer = ask(Tenants.SECRET, toUs(fixture("webhook_initiation_request.json")))
                .statusCode(200)
                .body("type", equalTo("conversation_initiation_client_data"))
                .body("user_id", equalTo(lead.toString()))
                .body(
                        "dynamic_variables.tenant_id",
                        equalTo(Tenants.harbourSalon().id().toString()))
                .body("dynamic_variables.tenant_name", equalTo("Harbour Salon"))
                .body("dynamic_variables.lead_id", equalTo(lead.toString()))
                .body("dynamic_variables.customer_phone", equalTo(CALLER))
                .body("dynamic_variables.call_sid", equalTo("CA00000000000000000000000000000001"))
                .body("dynamic_variables.conversation_id", equalTo("conv_0123456789abcdefghjkmnpqrs"))
                .body(
                        "dynamic_variables.business_hours_summary",
                        equalTo("We're open Monday through Saturday from 09:00 to 17:00."));
        everyVariable(answer);
    }

    @Test
    void shouldOverrideOnlyWhatTheTenantsAgentAllows() {
        ask(Tenants.SECRET, toUs(fixture("webhook_initiation_request.json")))
                .body(
                        "conversation_config_override.agent",
                        equalTo(Map.of("first_message", "Hello, this is Harbour Salon.")));
    }

    @Test
    void shouldTellTheAgentWhatWasSaidBefore() {
        var tenant = Tenants.harbourSalon();
        String texter = "+12025550142";
        UUID lead = LeadIds.of(tenant.id(), ContactAddress.phone(texter));
        LeadContext known = LeadContext.of(
                tenant.id(),
                lead,
                List.of(new RecordedEvent(
                        UUID.randomUUID(),
                        Instant.now(),
                        "sms-service",
                        tenant.id(),
                        lead,
                        new SmsEvent.Received(
                                "SM1",
                                texter,
                                Tenants.NUMBER,
                                "Do you have time for a colouring on Tuesday?",
                                1,
                                List.of()))));
        publisher
                .send(new ProducerRecord<>(Topics.LEAD_CONTEXTS, lead.toString(), LeadContextCodec.encode(known)))
                .await()
                .atMost(Duration.ofSeconds(10));
        Awaitility.await().until(() -> contexts.peek(tenant.id(), lead).isPresent());

        ask(Tenants.SECRET, toUs(fixture("webhook_initiation_request.json")).replace(CALLER, texter))
                .statusCode(200)
                .body("dynamic_variables.conversation_context", containsString("colouring on Tuesday"));
    }

    @Test
    void shouldTakeTheCalledNumberAsTheCustomerOfACallWeMade() {
        String body = "{\"caller_id\":\"" + Tenants.NUMBER + "\",\"called_number\":\"+12025550155\"}";

        ask(Tenants.SECRET, body).statusCode(200).body("dynamic_variables.customer_phone", equalTo("+12025550155"));
    }

    @Test
    void shouldTellOfACallThatElevenLabsCarriesOnce() {
        String callSid = newCallSid();
        String body =
                toUs(fixture("webhook_initiation_request.json")).replace("CA00000000000000000000000000000001", callSid);

        ask(Tenants.SECRET, body).statusCode(200).body("dynamic_variables.call_id", equalTo(callSid));
        ask(Tenants.SECRET, body).statusCode(200);
        post(STATUS, fixture("call-status.form", callSid)).statusCode(204);

        assertThat(Published.only(CallEvent.Started.class, Published.ofEnded(callSid)))
                .containsExactly(
                        new CallEvent.Started(callSid, Direction.INBOUND, Path.NATIVE, CALLER, Tenants.NUMBER));
    }

    @Test
    void shouldNotTellOfACallThatIsKnownOrHasNoCallSidOfTwilios() {
        String known = newCallSid();
        twiml(ELEVENLABS, inbound(known, Tenants.NUMBER));

        ask(
                        Tenants.SECRET,
                        toUs(fixture("webhook_initiation_request.json"))
                                .replace("CA00000000000000000000000000000001", known))
                .statusCode(200);
        ask(Tenants.SECRET, toUs(fixture("webhook_initiation_request_sip.json")))
                .statusCode(200)
                .body("dynamic_variables.call_sid", equalTo("sip-call-1"));

        assertThat(count("SELECT count(*) FROM calls WHERE call_sid = $1 AND path = 'BRIDGE'", known))
                .isEqualTo(1);
        assertThat(rows("sip-call-1")).isZero();
    }

    @Test
    void shouldReadTheOlderRequestToo() {
        String body = """
                {"type":"conversation_initiation_client_data","conversation_id":"conv_1","agent_id":"agent_1",
                 "dynamic_variables":{"tenant_id":"%s","caller_number":"%s","call_sid":"CA1","business_name":"x"}}
                """.formatted(Tenants.harbourSalon().id(), CALLER);

        everyVariable(ask(Tenants.SECRET, body)
                .statusCode(200)
                .body("dynamic_variables.business_name", equalTo("Harbour Salon"))
                .body("dynamic_variables.caller_number", equalTo(CALLER))
                .body("dynamic_variables.call_sid", equalTo("CA1"))
                .body("dynamic_variables.conversation_id", equalTo("conv_1")));
    }

    @Test
    void shouldAnswerForAnUnknownNumberCompletely() {
        everyVariable(ask(Tenants.SECRET, fixture("webhook_initiation_request.json"))
                .statusCode(200)
                .body("type", equalTo("conversation_initiation_client_data"))
                .body("dynamic_variables.tenant_id", equalTo(""))
                .body("dynamic_variables.business_name", equalTo("our business"))
                .body("dynamic_variables.caller_number", equalTo(FIXTURE_CALLER)));
        everyVariable(ask(Tenants.SECRET, fixture("webhook_initiation_request_sip.json"))
                .statusCode(200));
        everyVariable(ask(Tenants.SECRET, "{}").statusCode(200));
    }

    @Test
    void shouldTakeASignatureInPlaceOfTheSecret() {
        ElevenLabsRequests.webhook(toUs(fixture("webhook_initiation_request.json")))
                .post(PATH)
                .then()
                .statusCode(200)
                .body("dynamic_variables.tenant_name", equalTo("Harbour Salon"));
    }

    @Test
    void shouldRefuseAStranger() {
        String body = toUs(fixture("webhook_initiation_request.json"));

        RestAssured.given()
                .contentType("application/json")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(403);
        RestAssured.given()
                .contentType("application/json")
                .header("ElevenLabs-Signature", "t=1,v0=00")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(403);
        ask("not-a-secret-of-ours", body).statusCode(401);
        RestAssured.given()
                .auth()
                .oauth2(Tokens.operator(Tenants.harbourSalon().id(), "admin"))
                .contentType("application/json")
                .body(body)
                .post(PATH)
                .then()
                .statusCode(403);
        RestAssured.given().contentType("application/json").post(PATH).then().statusCode(403);
    }

    @Test
    void shouldRefuseTheSecretOfAnotherTenant() {
        ask(Tenants.OTHER_SECRET, toUs(fixture("webhook_initiation_request.json")))
                .statusCode(403)
                .body("$", not(hasKey("dynamic_variables")));
        ask(
                        Tenants.OTHER_SECRET,
                        "{\"dynamic_variables\":{\"tenant_id\":\""
                                + Tenants.harbourSalon().id() + "\"}}")
                .statusCode(403);
    }

    @Test
    void shouldNameWhatIsMalformed() {
        ask(Tenants.SECRET, "{\"caller_id\":").statusCode(400).body("error", containsString("body"));
        ask(Tenants.SECRET, "[]").statusCode(400).body("error", containsString("body"));
        ask(Tenants.SECRET, "{\"caller_id\":{\"a\":1}}").statusCode(400).body("error", containsString("caller_id"));
    }

    @Test
    void shouldAnswerWithinASecond() {
        long begun = System.nanoTime();
        ask(Tenants.SECRET, toUs(fixture("webhook_initiation_request.json"))).statusCode(200);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
    }

    private static void everyVariable(ValidatableResponse answer) {
        for (String name : List.of(
                "tenant_id",
                "tenant_name",
                "business_name",
                "lead_id",
                "customer_phone",
                "caller_number",
                "call_sid",
                "call_id",
                "conversation_context",
                "business_hours_summary",
                "greeting",
                "ai_tone",
                "channel",
                "time_zone",
                "today",
                "questions",
                "questions_text",
                "conversation_id")) {
            answer.body("dynamic_variables", hasKey(name)).body("dynamic_variables." + name, not(equalTo(null)));
        }
    }

    private static ValidatableResponse ask(String secret, String body) {
        return ElevenLabsRequests.tool(secret, body).post(PATH).then();
    }

    private static String toUs(String body) {
        return body.replace(OUR_FIXTURE_NUMBER, Tenants.NUMBER).replace(FIXTURE_CALLER, CALLER);
    }

    private static String fixture(String name) {
        try (InputStream json = InitiationTest.class.getResourceAsStream("/elevenlabs/" + name)) {
            return new String(json.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new IllegalStateException(unreadable);
        }
    }
}

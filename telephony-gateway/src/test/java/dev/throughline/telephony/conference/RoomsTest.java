package dev.throughline.telephony.conference;

import static org.hamcrest.Matchers.is;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.FakeTwilio.Request;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Published;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.call.BrowserIdentity;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.restassured.specification.RequestSpecification;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;

/** What tests of rooms share: a room that was started, its callbacks, and who asks for what. */
abstract class RoomsTest extends GatewayTest {

    static final String LEG = "/api/twilio/conference-elevenlabs";
    static final String CONFERENCE_STATUS = "/api/webhooks/twilio/conference-status";
    static final UUID TENANT = Tenants.harbourSalon().id();

    @Inject
    ServiceToken tokens;

    final String number = "+1202555" + ThreadLocalRandom.current().nextInt(1000, 9999);

    record Room(String name, String conferenceSid, String phoneLeg) {
        List<Request> agentLegs() {
            return added(this).stream()
                    .filter(request -> request.get("To").startsWith("app:"))
                    .toList();
        }
    }

    /** As if all that is known of the room had happened minutes ago. */
    void longAgo(Room room) {
        for (String sql : List.of(
                "UPDATE conference_participants SET invited_at = now() - interval '5 minutes' WHERE room = $1",
                "UPDATE conference_participants SET joined_at = now() - interval '5 minutes' WHERE room = $1"
                        + " AND joined_at IS NOT NULL",
                "UPDATE conferences SET created_at = now() - interval '5 minutes', next_look_at = now()"
                        + " WHERE room = $1")) {
            pool.preparedQuery(sql).execute(Tuple.of(room.name())).await().atMost(Duration.ofSeconds(5));
        }
    }

    static List<Request> calledTo(String number) {
        return FakeTwilio.requests(request -> request.method().equals("POST")
                && request.path().endsWith("/Participants.json")
                && request.get("To").equals(number));
    }

    static ValidatableResponse start(RequestSpecification operator, String body) {
        return operator.body(body).post("/api/twilio/start-conference").then();
    }

    Room start() {
        ValidatableResponse started = operator()
                .body("{\"to\":\"" + number + "\",\"tenantId\":\"" + TENANT + "\"}")
                .post("/api/twilio/start-conference")
                .then()
                .statusCode(202)
                .body("success", is(true));
        return new Room(
                started.extract().path("data.room"),
                started.extract().path("data.conferenceSid"),
                started.extract().path("data.participants[0].callSid"));
    }

    static Request phone(Room room) {
        return added(room).getFirst();
    }

    static List<Request> added(Room room) {
        return FakeTwilio.requests(request -> request.method().equals("POST")
                && request.path().equals("/Conferences/" + room.name() + "/Participants.json"));
    }

    static void callback(Room room, String event, String leg, String label, int sequence) {
        post(CONFERENCE_STATUS, form(room, event, leg, label, sequence)).statusCode(204);
    }

    static Map<String, String> form(Room room, String event, String leg, String label, int sequence) {
        String fixture =
                switch (event) {
                    case "participant-leave" -> "participant-leave.form";
                    case "conference-start", "conference-end" -> "conference-end.form";
                    default -> "participant-callback.form";
                };
        Map<String, String> form = fixture(fixture, String.valueOf(leg));
        form.put("FriendlyName", room.name());
        form.put("ConferenceSid", room.conferenceSid());
        form.put("StatusCallbackEvent", event);
        form.put("SequenceNumber", Integer.toString(sequence));
        if (leg == null) {
            form.remove("CallSid");
        } else {
            form.put("ParticipantLabel", label);
        }
        return form;
    }

    static Map<String, String> agentsLeg(String leg, String name, String value) {
        Map<String, String> form = fixture("ai-leg-call.form", leg);
        form.remove("token");
        form.put(name, value);
        return form;
    }

    static Map<String, String> browser(String leg, UUID tenant, String room) {
        Map<String, String> form = fixture("client-call.form", leg);
        form.put("From", BrowserIdentity.named(tenant, "maria").address());
        form.put("Caller", form.get("From"));
        form.put("conference", room);
        return form;
    }

    List<String> story() {
        return Published.ofLead(LeadIds.of(TENANT, ContactAddress.phone(number)), "conference.ended").stream()
                .map(RecordedEvent::type)
                .filter(type -> type.startsWith("conference."))
                .toList();
    }

    static ValidatableResponse get(Room room) {
        return operator().get("/api/twilio/conferences/" + room.name()).then().statusCode(200);
    }

    static ValidatableResponse invite(Room room, String body) {
        return operator()
                .body(body)
                .post("/api/twilio/conferences/" + room.name() + "/participants")
                .then();
    }

    static RequestSpecification operator() {
        return with(Tokens.operator(TENANT, "operator"));
    }

    static RequestSpecification with(String token) {
        return RestAssured.given().header("Authorization", "Bearer " + token).contentType("application/json");
    }

    static String parameter(String twiml, String name) {
        String first = value(twiml, name);
        return twiml.contains("name=\"" + name + "_2\"") ? first + value(twiml, name + "_2") : first;
    }

    static String value(String twiml, String name) {
        return twiml.replaceAll("(?s).*<Parameter name=\"" + name + "\" value=\"([^\"]*)\".*", "$1");
    }
}

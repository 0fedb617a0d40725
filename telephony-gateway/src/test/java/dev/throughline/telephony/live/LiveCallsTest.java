package dev.throughline.telephony.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.GatewayTest;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
class LiveCallsTest extends GatewayTest {

    private static final String PATH = "/api/twilio/calls?live=true";

    @Test
    void shouldListTheTenantsLiveCallsPageByPage() {
        Tenant tenant = tenant(40);
        List<String> begun = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            String callSid = newCallSid();
            begun.add(callSid);
            twiml(ELEVENLABS, inbound(callSid, tenant.twilioPhoneNumber()));
        }
        Map<String, String> ended = fixture("call-status.form", begun.removeFirst());
        ended.put("To", tenant.twilioPhoneNumber());
        post(STATUS, ended).statusCode(204);
        String viewer = Tokens.operator(tenant.id(), "viewer");

        ValidatableResponse first = get(PATH + "&limit=3", viewer)
                .statusCode(200)
                .body("calls", hasSize(3))
                .body("calls[0].callSid", equalTo(begun.getFirst()))
                .body("calls[0].direction", equalTo("inbound"))
                .body("calls[0].path", equalTo("bridge"))
                .body("calls[0].from", equalTo(CALLER))
                .body("calls[0].to", equalTo(tenant.twilioPhoneNumber()))
                .body("calls[0].status", equalTo("ringing"));
        String next = first.extract().path("next");
        ValidatableResponse second =
                get(PATH + "&limit=3&cursor=" + next, viewer).statusCode(200).body("next", nullValue());

        List<String> listed = new ArrayList<>(first.extract().<List<String>>path("calls.callSid"));
        listed.addAll(second.extract().<List<String>>path("calls.callSid"));
        assertThat(listed).containsExactlyElementsOf(begun);
    }

    @Test
    void shouldShowThemToNobodyElse() {
        Tenant tenant = tenant(41);
        twiml(ELEVENLABS, inbound(newCallSid(), tenant.twilioPhoneNumber()));

        RestAssured.get(PATH).then().statusCode(401);
        get(PATH, Tokens.operator(tenant(42).id(), "operator")).statusCode(200).body("calls", hasSize(0));
        get(PATH, Tokens.operator(tenant.id(), "guest")).statusCode(403);
        get(PATH, Tokens.installationAdmin()).statusCode(403);
    }

    @Test
    void shouldNameWhatIsWrongWithAQuestion() {
        String viewer = Tokens.operator(Tenants.harbourSalon().id(), "viewer");

        get("/api/twilio/calls?live=false", viewer).statusCode(400).body("error", containsString("live"));
        get(PATH + "&limit=0", viewer).statusCode(400).body("error", containsString("limit"));
        get(PATH + "&limit=201", viewer).statusCode(400).body("error", containsString("limit"));
        get(PATH + "&cursor=nonsense", viewer).statusCode(400).body("error", containsString("cursor"));
    }

    private static Tenant tenant(long id) {
        return TestTenants.publish(
                Tenants.with(id, "+120255501" + id, null, CallSettings.standard(), Tenant.VoicePath.BRIDGE));
    }

    private static ValidatableResponse get(String path, String token) {
        return RestAssured.given().auth().oauth2(token).get(path).then();
    }
}

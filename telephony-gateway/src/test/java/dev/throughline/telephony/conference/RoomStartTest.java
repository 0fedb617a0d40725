package dev.throughline.telephony.conference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;

import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.platform.testing.TestTenants;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.telephony.FakeTwilio;
import dev.throughline.telephony.Tenants;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.specification.RequestSpecification;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class RoomStartTest extends RoomsTest {

    @Test
    void shouldMakeOneRoomForOneKey() {
        String body = "{\"to\":\"" + number + "\",\"idempotencyKey\":\"k-" + number + "\"}";

        String room = start(operator(), body).statusCode(202).extract().path("data.room");
        start(operator(), body).statusCode(202).body("data.room", equalTo(room));
        start(operator().header("Idempotency-Key", "k-" + number), body)
                .statusCode(202)
                .body("data.room", equalTo(room));
        start(operator().header("Idempotency-Key", "k-" + number), "{\"to\":\"" + number + "\"}")
                .statusCode(202)
                .body("data.room", equalTo(room));
        start(operator().header("Idempotency-Key", "another"), body)
                .statusCode(400)
                .body("error", containsString("idempotencyKey"));
        start(operator(), body.replace("}", ",\"agent\":false}"))
                .statusCode(422)
                .body("code", equalTo("IDEMPOTENCY_KEY_REUSED"));
        assertThat(calledTo(number)).hasSize(1);
        // A key is its tenant's.
        start(with(Tokens.operator(Tenants.withFallback().id(), "operator")), body)
                .statusCode(202)
                .body("data.room", not(equalTo(room)));
    }

    @Test
    void shouldGiveTheKeyBackWhereNobodyWasCalled() {
        FakeTwilio.refuse(number, 400, 21215);
        String body = "{\"to\":\"" + number + "\",\"idempotencyKey\":\"r-" + number + "\"}";

        start(operator(), body).statusCode(422);
        start(operator(), body).statusCode(422).body("code", equalTo("COUNTRY_NOT_PERMITTED"));

        assertThat(calledTo(number)).hasSize(2);
    }

    @Test
    void shouldKeepThePlaceOfACallTwilioDidNotAnswerFor() {
        FakeTwilio.refuse(number, 503, 0);
        String body = "{\"to\":\"" + number + "\",\"idempotencyKey\":\"u-" + number + "\"}";

        start(operator(), body).statusCode(504).body("code", equalTo("UNCLEAR"));

        // The same request shows what became of it, and calls nobody.
        start(operator(), body)
                .statusCode(202)
                .body("data.status", equalTo("planned"))
                .body("data.participants[0].status", equalTo("invited"));
        assertThat(calledTo(number)).hasSize(1);
    }

    @Test
    void shouldHonourTheTenantsLimitAndItsBlockedNumbers() {
        CallSettings none = CallSettings.standard();
        CallSettings settings = new CallSettings(
                null,
                null,
                null,
                null,
                null,
                1,
                null,
                Set.of(number),
                none.sipAddresses(),
                none.answeringMachine(),
                null,
                none.humans());
        Tenant tenant = TestTenants.publish(Tenants.with(34, "+12025550134", null, settings, VoicePath.BRIDGE));
        RequestSpecification operator = with(Tokens.operator(tenant.id(), "operator"));

        start(operator, "{\"to\":\"" + number + "\"}").statusCode(422).body("code", equalTo("NUMBER_BLOCKED"));
        twiml(ELEVENLABS, inbound(newCallSid(), "+12025550134"));
        start(operator, "{\"to\":\"+12025550199\"}").statusCode(429).body("code", equalTo("TOO_MANY_CALLS"));
        assertThat(calledTo("+12025550199")).isEmpty();
    }

    @Test
    void shouldNotCallWhomTheTenantDoesNotCall() {
        start(operator(), "{\"to\":\"" + Tenants.NUMBER + "\"}").statusCode(422).body("code", equalTo("OWN_NUMBER"));
    }

    @Test
    void shouldNameTheCureOfWhatTwilioRefuses() {
        FakeTwilio.refuse("+12025550145", 400, 21215);
        FakeTwilio.refuse("+12025550146", 400, 16025);

        operator()
                .body("{\"to\":\"+12025550145\"}")
                .post("/api/twilio/start-conference")
                .then()
                .statusCode(422)
                .body("code", equalTo("COUNTRY_NOT_PERMITTED"))
                .body("error", containsString("Geo permissions"));
        Room room = start();
        invite(room, "{\"type\":\"phone\",\"to\":\"+12025550146\"}")
                .statusCode(409)
                .body("error", containsString("another label"));
        get(room).body("data.participants[1].status", equalTo("absent"));
    }
}

package dev.throughline.telephony;

import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;

import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import java.net.URL;
import org.junit.jupiter.api.Test;

@QuarkusTest
class OperationsTest extends GatewayTest {

    @TestHTTPResource(value = "/metrics", management = true)
    URL metrics;

    @TestHTTPResource(value = "/health/ready", management = true)
    URL readiness;

    @Test
    void shouldCountCallsByOutcomeAndTimeWebhooks() {
        twiml(ELEVENLABS, inbound(newCallSid(), "+12025550177"));

        RestAssured.get(metrics)
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString("throughline_calls_total{outcome=\"not-in-service\""),
                        containsString("throughline_webhook_seconds_count{webhook=\"elevenlabs\"")));
    }

    @Test
    void shouldBeReadyOnceTheTenantsAreKnown() {
        RestAssured.get(readiness).then().statusCode(200).body(containsString("tenant directory warm"));
    }
}

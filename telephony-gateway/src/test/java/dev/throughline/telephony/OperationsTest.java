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

    @TestHTTPResource(value = "/openapi", management = true)
    URL openApi;

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
    void shouldServeItsDescription() {
        RestAssured.get(openApi)
                .then()
                .statusCode(200)
                .body(allOf(
                        containsString(ELEVENLABS),
                        containsString(VOICE),
                        containsString(STATUS),
                        containsString(STREAM_ENDED),
                        containsString(STREAM_STATUS),
                        containsString("/api/webhooks/elevenlabs/conversation-initiation")));
    }

    @Test
    void shouldBeReadyOnceTheTenantsAreKnown() {
        RestAssured.get(readiness).then().statusCode(200).body(containsString("tenant directory warm"));
    }
}

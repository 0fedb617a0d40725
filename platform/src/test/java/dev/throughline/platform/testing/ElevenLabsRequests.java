package dev.throughline.platform.testing;

import dev.throughline.platform.elevenlabs.ElevenLabsSignature;
import io.restassured.RestAssured;
import io.restassured.specification.RequestSpecification;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** Workspace webhooks as ElevenLabs posts them, signed now; and tool calls with their secret. */
public final class ElevenLabsRequests {

    private ElevenLabsRequests() {}

    /** A request with this JSON body, signed. */
    public static RequestSpecification webhook(String json) {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String header = ElevenLabsSignature.header(
                IdentityTestResource.ELEVENLABS_WEBHOOK_SECRET, Instant.now().getEpochSecond(), body);
        return RestAssured.given()
                .header(ElevenLabsSignature.HEADER, header)
                .contentType("application/json")
                .body(body);
    }

    /** A tool call with this JSON body and secret. */
    public static RequestSpecification tool(String toolSecret, String json) {
        return RestAssured.given()
                .header("X-Tool-Secret", toolSecret)
                .contentType("application/json")
                .body(json.getBytes(StandardCharsets.UTF_8));
    }
}

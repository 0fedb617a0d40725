package dev.throughline.platform.testing;

import dev.throughline.platform.twilio.TwilioSignature;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Webhooks as Twilio posts them: signed for {@link IdentityTestResource#APP_BASE_URL}, sent to the test's port.
 *
 * <pre>{@code TwilioRequests.form("/api/webhooks/twilio/status", Map.of("CallSid", "CA…")).post("/api/webhooks/twilio/status")}</pre>
 */
public final class TwilioRequests {

    private static final TwilioSignature SIGNATURE = new TwilioSignature(IdentityTestResource.TWILIO_AUTH_TOKEN);

    private TwilioRequests() {}

    /** A request whose form is signed for the public address of {@code pathAndQuery}; post it to the same. */
    public static RequestSpecification form(String pathAndQuery, Map<String, String> parameters) {
        return form(pathAndQuery, parameters, signature(pathAndQuery, parameters));
    }

    /** As {@link #form(String, Map)} with a signature of the test's choice. */
    public static RequestSpecification form(String pathAndQuery, Map<String, String> parameters, String signature) {
        String body = parameters.entrySet().stream()
                .map(parameter -> encoded(parameter.getKey()) + "=" + encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
        return RestAssured.given()
                .urlEncodingEnabled(false)
                .header("X-Twilio-Signature", signature)
                .config(RestAssuredConfig.config()
                        .encoderConfig(EncoderConfig.encoderConfig()
                                .encodeContentTypeAs("application/x-www-form-urlencoded", ContentType.TEXT)))
                .header("Content-Type", ContentType.URLENC.withCharset(StandardCharsets.UTF_8))
                .body(body);
    }

    /** The signature of a form. */
    public static String signature(String pathAndQuery, Map<String, String> parameters) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        parameters.forEach((name, value) -> values.put(name, List.of(value)));
        return SIGNATURE.signForm(IdentityTestResource.APP_BASE_URL + pathAndQuery, values);
    }

    /** The signature of a WebSocket upgrade of {@code path}. */
    public static String upgradeSignature(String path) {
        return SIGNATURE.signUrl("wss" + IdentityTestResource.APP_BASE_URL.substring("https".length()) + path);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}

package dev.throughline.tools.provisioning;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.elevenlabs.WebhookSecrets;
import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.platform.testing.Tokens;
import dev.throughline.tools.Salon;
import io.quarkus.arc.Arc;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.MGF1ParameterSpec;
import java.time.Duration;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.awaitility.Awaitility;
import org.eclipse.microprofile.config.ConfigProvider;

/** What a test does at the stand-ins, and with the endpoint that sets them up. */
public final class StandInRequests {

    private final String elevenLabs = config("throughline.elevenlabs.api-base-url");
    private final String numbers = config("throughline.twilio.api-base-url") + "/2010-04-01/Accounts/"
            + IdentityTestResource.TWILIO_ACCOUNT_SID + "/IncomingPhoneNumbers";
    private final KeyPair keys = keys();

    /** A salon whose number is at Twilio, and nothing else. */
    public Salon withANumber() {
        Salon salon = Salon.open();
        twilio().formParam("PhoneNumber", salon.number())
                .post(numbers + ".json")
                .then()
                .statusCode(201);
        return salon;
    }

    /** A salon that is set up. */
    public Salon provisioned() {
        Salon salon = withANumber();
        JsonNode done = apply(salon, sealed());
        done.path("steps").forEach(step -> assertThat(step.path("outcome").asText())
                .as(step.toString())
                .isIn("done", "unchanged"));
        keepSecretOf(done);
        return salon;
    }

    /** Asks for a run, as the admin of the installation. */
    public JsonNode apply(Salon salon, String order) {
        return json(
                given().auth()
                        .oauth2(Tokens.installationAdmin())
                        .contentType("application/json")
                        .body(order)
                        .post("/api/tenants/" + salon.id() + "/provisioning"),
                200);
    }

    /** An order that can be given a webhook's secret. */
    public String sealed() {
        return "{\"sealWith\":\""
                + Base64.getEncoder().encodeToString(keys.getPublic().getEncoded()) + "\"}";
    }

    /** Keeps the secret as ./dev provision does; known without a restart. */
    public void keepSecretOf(JsonNode done) {
        if (!done.has("sealedWebhookSecret")) {
            return;
        }
        String secret = opened(done.path("sealedWebhookSecret").asText());
        write(secret);
        Awaitility.await().atMost(Duration.ofSeconds(10)).until(() -> known().current()
                .contains(secret));
    }

    /** Whatever webhook there is, nobody here knows its secret any more. */
    public void loseTheWebhooksSecret() {
        write("\n");
        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> known().current().size() == 1);
    }

    /** A fault at the ElevenLabs stand-in. */
    public void fault(String fault) {
        given().contentType("application/json")
                .body(fault)
                .post(elevenLabs + "/_sim/faults")
                .then()
                .statusCode(org.hamcrest.Matchers.lessThan(300));
    }

    public void noFaults() {
        given().delete(elevenLabs + "/_sim/faults");
    }

    /** What the ElevenLabs stand-in has there. */
    public JsonNode eleven(String path) {
        return json(
                given().header("xi-api-key", IdentityTestResource.ELEVENLABS_API_KEY)
                        .get(elevenLabs + path),
                200);
    }

    public String voiceAgent(Salon salon) {
        return json(given().auth().oauth2(Tokens.installationAdmin()).get("/api/tenants/" + salon.id()), 200)
                .at("/settings/elevenLabsAgentId")
                .asText();
    }

    /** Somebody changes the salon's voice agent in the dashboard. */
    public void changeAgent(Salon salon, String patch) {
        given().header("xi-api-key", IdentityTestResource.ELEVENLABS_API_KEY)
                .contentType("application/json")
                .body(patch)
                .patch(elevenLabs + "/v1/convai/agents/" + voiceAgent(salon))
                .then()
                .statusCode(200);
    }

    /** The salon's number as Twilio has it. */
    public JsonNode number(Salon salon) {
        return json(twilio().queryParam("PhoneNumber", salon.number()).get(numbers + ".json"), 200)
                .path("incoming_phone_numbers")
                .path(0);
    }

    /** Somebody changes the salon's number in Twilio's console. */
    public void changeNumber(Salon salon, String name, String value) {
        twilio().formParam(name, value)
                .post(numbers + "/" + number(salon).path("sid").asText() + ".json")
                .then()
                .statusCode(200);
    }

    /** The body of an answer with this status. */
    public static JsonNode json(Response response, int status) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        try {
            return EventJson.mapper().readTree(response.asByteArray());
        } catch (IOException notJson) {
            throw new AssertionError(response.asString(), notJson);
        }
    }

    private static WebhookSecrets known() {
        return Arc.container().instance(WebhookSecrets.class).get();
    }

    private static void write(String secret) {
        try {
            Files.writeString(Path.of(config(StandIns.SECRET_FILE)), secret);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RequestSpecification twilio() {
        return given().auth()
                .preemptive()
                .basic(IdentityTestResource.TWILIO_ACCOUNT_SID, IdentityTestResource.TWILIO_AUTH_TOKEN);
    }

    private static String config(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    private static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private String opened(String sealed) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    keys.getPrivate(),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return new String(cipher.doFinal(Base64.getDecoder().decode(sealed)), StandardCharsets.UTF_8);
        } catch (GeneralSecurityException notForUs) {
            throw new AssertionError(notForUs);
        }
    }
}

package dev.throughline.tools.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.twilio.TwilioConfig;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Whether the credentials are good and may do what the suite does with them. Blocking, for a virtual thread. */
@Singleton
class Credentials {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ConvaiClient convai;
    private final TwilioConfig twilio;
    private final HttpClient http;

    @Inject
    Credentials(ConvaiClient convai, TwilioConfig twilio) {
        this.convai = convai;
        this.twilio = twilio;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(twilio.connectTimeout())
                .build();
    }

    List<Check> checks(Tenant tenant) {
        List<Check> checks = new ArrayList<>();
        checks.add(token());
        checks.add(permission("agents-read", "reads agents", convai.get("/v1/convai/agents?page_size=1")));
        checks.add(permission(
                "conversations-read", "reads conversations", convai.get("/v1/convai/conversations?page_size=1")));
        checks.add(permission("webhooks-read", "reads the workspace's webhooks", convai.get("/v1/workspace/webhooks")));
        Optional.ofNullable(tenant.settings().elevenLabsAgentId()).ifPresent(id -> checks.add(write(id)));
        return checks;
    }

    /** The auth token signs every webhook, whatever REST requests are authenticated with. */
    private Check token() {
        String id = "credentials.twilio";
        String title = "Twilio's auth token is the account's";
        String cure =
                "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the account's SID and its primary token, at every service.";
        Optional<String> sid = twilio.accountSid().filter(value -> !value.isBlank());
        Optional<String> token = twilio.authToken().filter(value -> !value.isBlank());
        if (sid.isEmpty() || token.isEmpty()) {
            return Check.fault(id, title, "It is not set, so every webhook of Twilio's is refused.", cure);
        }
        String basic =
                Base64.getEncoder().encodeToString((sid.get() + ":" + token.get()).getBytes(StandardCharsets.UTF_8));
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        twilio.apiBaseUrl().replaceAll("/$", "") + "/2010-04-01/Accounts/" + sid.get() + ".json"))
                .timeout(twilio.readTimeout())
                .header("Authorization", "Basic " + basic)
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return switch (status) {
                case 200 -> Check.ok(id, title, "Twilio accepts it.");
                case 401, 403 -> Check.fault(id, title, "Twilio refuses it.", cure);
                default ->
                    Check.warning(id, title, "Twilio answers " + status + ".", "Try again; see status.twilio.com.");
            };
        } catch (IOException away) {
            return Check.fault(id, title, "Twilio is not reached.", "Check TWILIO_API_BASE_URL and the network.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.warning(id, title, "The check was interrupted.", "Try again.");
        }
    }

    /** Writing is tried with what stands there already. */
    private Check write(String agentId) {
        String path = "/v1/convai/agents/" + URLEncoder.encode(agentId, StandardCharsets.UTF_8);
        ConvaiAnswer<JsonNode> agent = convai.get(path).await().atMost(PATIENCE);
        return switch (agent) {
            case ConvaiAnswer.Success<JsonNode>(JsonNode found) ->
                permission(
                        "agents-write",
                        "changes agents",
                        convai.patch(path, EventJson.mapper().createObjectNode().set("name", found.path("name"))));
            case ConvaiAnswer.Failure<JsonNode> failure -> failed("agents-write", "changes agents", failure);
        };
    }

    private static Check permission(String id, String what, Uni<ConvaiAnswer<JsonNode>> asked) {
        return switch (asked.await().atMost(PATIENCE)) {
            case ConvaiAnswer.Success<JsonNode> granted ->
                Check.ok("credentials.elevenlabs." + id, "ElevenLabs' key " + what, "ElevenLabs allows it.");
            case ConvaiAnswer.Failure<JsonNode> failure -> failed(id, what, failure);
        };
    }

    private static Check failed(String id, String what, ConvaiAnswer.Failure<JsonNode> failure) {
        String title = "ElevenLabs' key " + what;
        boolean refused =
                switch (failure.reason()) {
                    case UNAUTHENTICATED, FORBIDDEN, NOT_CONFIGURED, NOT_FOUND, PAYMENT_REQUIRED, UNREACHABLE -> true;
                    default -> false;
                };
        String found = failure.reason() == ConvaiFailure.NOT_CONFIGURED
                ? "There is none."
                : "ElevenLabs answers " + (failure.httpStatus() == 0 ? "nothing" : failure.httpStatus())
                        + (failure.message().isEmpty() ? "." : ": " + failure.message() + ".");
        return new Check(
                "credentials.elevenlabs." + id,
                title,
                refused ? Check.Status.FAULT : Check.Status.WARNING,
                found,
                failure.reason().cure());
    }
}

package dev.throughline.tools.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.EventJson;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whether the credentials are good and may do what the suite does with them. Blocking, for a virtual thread. */
@Singleton
class Credentials {

    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final ConvaiClient convai;
    private final TwilioKeys twilio;

    @Inject
    Credentials(ConvaiClient convai, TwilioKeys twilio) {
        this.convai = convai;
        this.twilio = twilio;
    }

    List<Check> checks(Tenant tenant) {
        List<Check> checks = new ArrayList<>(twilio.checks());
        checks.add(permission("agents-read", "reads agents", convai.get("/v1/convai/agents?page_size=1")));
        checks.add(permission(
                "conversations-read", "reads conversations", convai.get("/v1/convai/conversations?page_size=1")));
        checks.add(permission("webhooks-read", "reads the workspace's webhooks", convai.get("/v1/workspace/webhooks")));
        Optional.ofNullable(tenant.settings().elevenLabsAgentId()).ifPresent(id -> checks.add(write(id)));
        return checks;
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

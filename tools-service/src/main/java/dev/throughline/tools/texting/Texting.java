package dev.throughline.tools.texting;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.service.ServiceClient;
import dev.throughline.platform.service.ServiceReply;
import dev.throughline.platform.service.ServiceRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code POST /internal/texts} of sms-service. One attempt: a repeat of the tool call comes with the same key and sends nothing twice. */
@Singleton
public class Texting {

    private static final Logger LOG = Logger.getLogger(Texting.class);

    private final TextingConfig config;
    private final ServiceClient services;

    Texting(TextingConfig config, ServiceClient services) {
        this.config = config;
        this.services = services;
    }

    /**
     * Asks for a text to the customer the agent speaks with. In quiet hours it is scheduled to their end. Never fails.
     *
     * @param key the same for the same text, whatever is repeated
     * @param leadId the customer; null when only the number is known
     * @param number E.164; null when only the lead is known
     */
    public Uni<TextOutcome> send(
            UUID tenantId, String key, @Nullable UUID leadId, @Nullable String number, String words) {
        Optional<String> base = config.smsUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            LOG.warn("a text was asked for and SMS_SERVICE_URL is not set");
            return Uni.createFrom().item(new TextOutcome.Away());
        }
        JsonObject body = new JsonObject()
                .put("tenantId", tenantId.toString())
                .put("body", words)
                .put("purpose", "agent-tool")
                .put("inQuietHours", "schedule");
        if (number != null) {
            body.put("to", number);
        } else {
            body.put("leadId", String.valueOf(leadId));
        }
        return services.post(new ServiceRequest(
                        base.get() + "/internal/texts",
                        ServiceToken.SMS_SERVICE,
                        key,
                        tenantId,
                        body.encode(),
                        config.timeout()))
                .map(Texting::outcome)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "text not asked for, reason=%s", failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(new TextOutcome.Away());
    }

    private static TextOutcome outcome(ServiceReply reply) {
        int status = reply.status();
        try {
            JsonObject answer = new JsonObject(reply.body());
            if (status == 202) {
                JsonObject data = answer.getJsonObject("data", new JsonObject());
                return "scheduled".equals(data.getString("status"))
                        ? new TextOutcome.Scheduled(Instant.parse(data.getString("sendAt")))
                        : new TextOutcome.Queued();
            }
            if (status >= 400 && status < 500 && status != 401 && status != 403) {
                return new TextOutcome.Refused(answer.getString("code", "REFUSED"));
            }
        } catch (DecodeException | ClassCastException | DateTimeParseException unreadable) {
            LOG.warnf("answer about a text not understood, status=%d", status);
            return new TextOutcome.Away();
        }
        LOG.warnf("text not taken, status=%d", status);
        return new TextOutcome.Away();
    }
}

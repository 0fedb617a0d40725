package dev.throughline.tools.callback;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.service.ServiceClient;
import dev.throughline.platform.service.ServiceReply;
import dev.throughline.platform.service.ServiceRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** {@code POST /internal/follow-ups} of conversation-context. One attempt: asking again is for the agent to decide. */
@Singleton
public class Callbacks {

    private static final Logger LOG = Logger.getLogger(Callbacks.class);

    private final CallbackConfig config;
    private final ServiceClient services;

    Callbacks(CallbackConfig config, ServiceClient services) {
        this.config = config;
        this.services = services;
    }

    /**
     * Has a lead called. Never fails.
     *
     * @param key the same for the same promise
     * @param questions what the call is for, may be empty
     */
    public Uni<CallbackAnswer> ask(UUID tenantId, UUID leadId, Instant at, List<String> questions, String key) {
        Optional<String> base = config.contextUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            LOG.warn("a call back was asked for and CONVERSATION_CONTEXT_URL is not set");
            return Uni.createFrom().item(new CallbackAnswer.Away());
        }
        JsonObject body = new JsonObject()
                .put("leadId", leadId.toString())
                .put("at", at.toString())
                .put("questions", new JsonArray(questions));
        return services.post(new ServiceRequest(
                        base.get() + "/internal/follow-ups",
                        ServiceToken.CONVERSATION_CONTEXT,
                        key,
                        tenantId,
                        body.encode(),
                        config.timeout()))
                .map(reply -> answer(reply, at))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "call back not asked for, reason=%s", failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(new CallbackAnswer.Away());
    }

    private static CallbackAnswer answer(ServiceReply reply, Instant at) {
        return switch (reply.status()) {
            case 201 -> promised(reply.body());
            // The same promise, in other words.
            case 409 -> new CallbackAnswer.Promised(at);
            case 400 -> new CallbackAnswer.BadTime();
            case 422 -> new CallbackAnswer.NoNumber();
            default -> {
                LOG.warnf("call back not taken, status=%d", reply.status());
                yield new CallbackAnswer.Away();
            }
        };
    }

    private static CallbackAnswer promised(String body) {
        try {
            return new CallbackAnswer.Promised(Instant.parse(new JsonObject(body).getString("dueAt", "")));
        } catch (DecodeException | DateTimeException unreadable) {
            return new CallbackAnswer.Away();
        }
    }
}

package dev.throughline.tools.handover;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.service.ServiceClient;
import dev.throughline.platform.service.ServiceReply;
import dev.throughline.platform.service.ServiceRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** {@code POST /internal/hand-overs} of telephony-gateway. One attempt: asking twice is for the agent to decide. */
@Singleton
public class HandOvers {

    private static final Logger LOG = Logger.getLogger(HandOvers.class);

    private final HandOverConfig config;
    private final ServiceClient services;

    HandOvers(HandOverConfig config, ServiceClient services) {
        this.config = config;
        this.services = services;
    }

    /**
     * Asks for a human on the agent's behalf. Never fails.
     *
     * @param callSid the customer's leg
     * @param reason why, in the agent's words
     * @param brief what the human hears before taking the call
     */
    public Uni<HandOverAnswer> ask(String callSid, UUID tenantId, @Nullable String reason, @Nullable String brief) {
        Optional<String> base = config.telephonyUrl().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            LOG.warn("a hand-over was asked for and TELEPHONY_GATEWAY_URL is not set");
            return Uni.createFrom().item(new HandOverAnswer.Away());
        }
        JsonObject body = new JsonObject()
                .put("callSid", callSid)
                .put("tenantId", tenantId.toString())
                .put("reason", reason)
                .put("brief", brief)
                .put("requestedBy", "agent");
        return services.post(new ServiceRequest(
                        base.get() + "/internal/hand-overs",
                        ServiceToken.TELEPHONY_GATEWAY,
                        callSid,
                        tenantId,
                        body.encode(),
                        config.timeout()))
                .map(HandOvers::answer)
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "hand-over not asked for, callId=%s reason=%s",
                        callSid, failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithItem(new HandOverAnswer.Away());
    }

    private static HandOverAnswer answer(ServiceReply reply) {
        return switch (reply.status()) {
            case 202 -> new HandOverAnswer.Ringing(human(reply.body()));
            case 404 -> new HandOverAnswer.NoSuchCall();
            case 409 -> new HandOverAnswer.UnderWay();
            case 422 -> new HandOverAnswer.NobodyToRing();
            default -> {
                LOG.warnf("hand-over not taken, status=%d", reply.status());
                yield new HandOverAnswer.Away();
            }
        };
    }

    private static @Nullable String human(String body) {
        try {
            return new JsonObject(body).getValue("human") instanceof String name && !name.isBlank() ? name : null;
        } catch (DecodeException unreadable) {
            return null;
        }
    }
}

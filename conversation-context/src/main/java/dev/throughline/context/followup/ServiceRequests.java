package dev.throughline.context.followup;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.service.ServiceClient;
import dev.throughline.platform.service.ServiceRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jboss.logging.Logger;

/** {@code POST /internal/texts} of sms-service and {@code POST /internal/outbound-calls} of telephony-gateway. */
@Singleton
class ServiceRequests {

    private static final Logger LOG = Logger.getLogger(ServiceRequests.class);

    private final FollowUpConfig config;
    private final ServiceClient services;

    ServiceRequests(FollowUpConfig config, ServiceClient services) {
        this.config = config;
        this.services = services;
    }

    /** Asks for a text. Never fails. */
    Uni<Outcome> text(FollowUp followUp, String request) {
        return ask("SMS_SERVICE_URL", config.smsUrl(), "/internal/texts", ServiceToken.SMS_SERVICE, followUp, request);
    }

    /** Asks for a call. Never fails. */
    Uni<Outcome> call(FollowUp followUp, String request) {
        return ask(
                "TELEPHONY_GATEWAY_URL",
                config.telephonyUrl(),
                "/internal/outbound-calls",
                ServiceToken.TELEPHONY_GATEWAY,
                followUp,
                request);
    }

    private Uni<Outcome> ask(
            String variable, Optional<String> base, String path, String audience, FollowUp followUp, String request) {
        if (base.filter(url -> !url.isBlank()).isEmpty()) {
            LOG.warnf("a follow-up is due and %s is not set", variable);
            return Uni.createFrom().item(new Outcome.Away(variable + " is not set"));
        }
        return services.post(new ServiceRequest(
                        base.get() + path,
                        audience,
                        followUp.id().toString(),
                        followUp.tenantId(),
                        request,
                        config.timeout()))
                .map(reply -> Answers.ofService(reply.status(), reply.retryAfter(), reply.body()))
                .onFailure()
                .recoverWithItem(failure -> new Outcome.Away(failure.getClass().getSimpleName()));
    }
}

package dev.throughline.platform.context;

import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.service.ServiceClient;
import dev.throughline.platform.service.ServiceReply;
import dev.throughline.platform.service.ServiceRequest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;

/** What conversation-context tells the other services, asked once and within {@code throughline.lead-contexts.timeout}. */
@Singleton
class ContextService {

    private final LeadContextsConfig config;
    private final ServiceClient services;

    ContextService(LeadContextsConfig config, ServiceClient services) {
        this.config = config;
        this.services = services;
    }

    /**
     * The JSON below {@code /internal}; empty when it answers 404, or nobody said where the service is.
     *
     * @param path from {@code /internal/} on, encoded
     * @param subject what the token is for
     * @return fails when there is no such answer in time; the message or the class says why
     */
    Uni<Optional<String>> get(String path, String subject, UUID tenantId) {
        Optional<String> base = config.url().filter(url -> !url.isBlank());
        if (base.isEmpty()) {
            return Uni.createFrom().item(Optional.empty());
        }
        return services.get(new ServiceRequest(
                        base.get() + "/internal/" + path,
                        ServiceToken.CONVERSATION_CONTEXT,
                        subject,
                        tenantId,
                        "",
                        config.timeout()))
                .map(ContextService::body);
    }

    private static Optional<String> body(ServiceReply reply) {
        return switch (reply.status()) {
            case 200 -> Optional.of(reply.body());
            case 404 -> Optional.empty();
            default -> throw new IllegalStateException("HTTP " + reply.status());
        };
    }

    /** Why there was no answer, for the log. */
    static String reason(Throwable failure) {
        return failure instanceof IllegalStateException answered
                ? String.valueOf(answered.getMessage())
                : failure.getClass().getSimpleName();
    }
}

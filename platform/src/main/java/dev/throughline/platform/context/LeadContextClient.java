package dev.throughline.platform.context;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.unchecked.Unchecked;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * {@code GET /internal/lead-contexts/{tenantId}/{leadId}} of conversation-context: 200 with the context as on the topic, 404 when
 * nothing is known. Every failure is "nothing known".
 */
@Singleton
class LeadContextClient {

    private static final Logger LOG = Logger.getLogger(LeadContextClient.class);
    private static final String SUBJECT = "lead-contexts";

    private final ContextService service;

    LeadContextClient(ContextService service) {
        this.service = service;
    }

    Uni<Optional<LeadContext>> find(UUID tenantId, UUID leadId) {
        return service.get("lead-contexts/" + tenantId + "/" + leadId, SUBJECT, tenantId)
                .map(Unchecked.function(LeadContextClient::context))
                .onFailure()
                .invoke(failure -> LOG.infof(
                        "lead context not there in time, leadId=%s reason=%s", leadId, ContextService.reason(failure)))
                .onFailure()
                .recoverWithItem(Optional.empty());
    }

    private static Optional<LeadContext> context(Optional<String> json) throws IOException {
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(LeadContextCodec.decode(json.get().getBytes(StandardCharsets.UTF_8)));
    }
}

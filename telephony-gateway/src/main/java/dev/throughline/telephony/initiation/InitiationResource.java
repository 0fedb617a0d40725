package dev.throughline.telephony.initiation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.elevenlabs.ElevenLabsVerifier;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.tenant.ToolSecretMechanism;
import dev.throughline.platform.web.ErrorMappers;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CalledTenant;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.time.Clock;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;

/**
 * ElevenLabs' conversation-initiation webhook. It is not signed by the provider (ElevenLabs, <i>Twilio personalization</i>): a tool
 * secret stands in its header, or, where a proxy of ours signs, the signature of the webhooks.
 */
@Path("/api/webhooks/elevenlabs/conversation-initiation")
@PermitAll
public final class InitiationResource {

    private static final Logger LOG = Logger.getLogger(InitiationResource.class);

    private final SecurityIdentity identity;
    private final CurrentTenant bearer;
    private final ElevenLabsVerifier verifier;
    private final TenantDirectory tenants;
    private final CalledTenant numbers;
    private final LeadContexts contexts;
    private final NativeCalls nativeCalls;
    private final CallMetrics metrics;
    private final ObjectMapper json;
    private final Clock clock;

    InitiationResource(
            SecurityIdentity identity,
            CurrentTenant bearer,
            ElevenLabsVerifier verifier,
            TenantDirectory tenants,
            CalledTenant numbers,
            LeadContexts contexts,
            NativeCalls nativeCalls,
            CallMetrics metrics,
            ObjectMapper json,
            Clock clock) {
        this.identity = identity;
        this.bearer = bearer;
        this.verifier = verifier;
        this.tenants = tenants;
        this.numbers = numbers;
        this.contexts = contexts;
        this.nativeCalls = nativeCalls;
        this.metrics = metrics;
        this.json = json;
        this.clock = clock;
    }

    /** Answers with {@code conversation_initiation_client_data}. */
    @POST
    @Consumes(MediaType.APPLICATION_JSON)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(summary = "Variables and overrides for a conversation ElevenLabs is about to begin")
    @APIResponse(
            responseCode = "200",
            description = "conversation_initiation_client_data, complete also for unknown numbers")
    @APIResponse(responseCode = "400", description = "The body is not the documented JSON")
    @APIResponse(responseCode = "403", description = "No tool secret and no signature, or another tenant's")
    public Uni<String> answer(byte[] body, @Context HttpServerRequest request) {
        Optional<UUID> own = identity.hasRole(ToolSecretMechanism.ROLE) ? bearer.id() : Optional.empty();
        if (own.isEmpty() && !verifier.accepts(request, body)) {
            throw Problem.forbidden("This needs a tool secret.");
        }
        InitiationQuestion question = parse(body);
        if (own.isPresent()
                && !question.tenantId().isBlank()
                && !question.tenantId().equals(own.get().toString())) {
            throw othersTenant();
        }
        LogIds.of().conversation(question.conversationId());
        return metrics.timed("conversation-initiation", () -> answer(question, own));
    }

    private Uni<String> answer(InitiationQuestion question, Optional<UUID> own) {
        Optional<Tenant> inbound = numbers.of(question.calledNumber());
        Optional<Tenant> found =
                inbound.or(() -> numbers.of(question.callerId())).or(() -> named(question));
        if (found.isEmpty()) {
            LOG.info("conversation begins for a number that is nobody's");
            return Uni.createFrom().item(UnknownNumber.answer(question, clock.instant()));
        }
        Tenant tenant = found.get();
        if (own.isPresent() && !own.get().equals(tenant.id())) {
            throw othersTenant();
        }
        boolean outbound = inbound.isEmpty() && !question.calledNumber().isBlank();
        ContactAddress customer = LeadIds.address(
                outbound ? question.calledNumber() : question.callerId(), tenant.country(), callKey(question));
        UUID lead = LeadIds.of(tenant.id(), customer);
        LogIds.of().lead(lead).tenant(tenant.id());
        LOG.info("conversation begins");
        Uni<String> answer = contexts.find(tenant.id(), lead).map(context -> new ConversationStart(
                        tenant, lead, customer, question.callSid(), question.conversationId(), context)
                .message(clock.instant()));
        return Uni.combine()
                .all()
                .unis(answer, nativeCalls.announce(question, tenant, lead, outbound))
                .with((message, announced) -> message);
    }

    private static Problem othersTenant() {
        return Problem.forbidden("The tool secret belongs to another tenant.");
    }

    /** The tenant the older shape names; a malformed id is nobody's. */
    private Optional<Tenant> named(InitiationQuestion question) {
        try {
            return tenants.byId(UUID.fromString(question.tenantId()));
        } catch (IllegalArgumentException noId) {
            return Optional.empty();
        }
    }

    private static String callKey(InitiationQuestion question) {
        return question.callSid().isBlank() ? question.conversationId() : question.callSid();
    }

    private InitiationQuestion parse(byte[] body) {
        try {
            return InitiationQuestion.of(json.readTree(body));
        } catch (JsonProcessingException malformed) {
            throw ErrorMappers.jsonProblem(malformed);
        } catch (IOException unreadable) {
            throw Problem.invalid("body", "could not be read");
        }
    }
}

package dev.throughline.telephony.signedurl;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.elevenlabs.ConversationVariables.Facts;
import dev.throughline.platform.elevenlabs.ConversationVariables.Medium;
import dev.throughline.platform.limit.RateLimit;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.security.VisitorTokens.Visitor;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.stream.StreamInvitation;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jspecify.annotations.Nullable;

/**
 * Gives a browser what it needs to begin one conversation with the agent: an operator's for any lead of the tenant, a visitor's for the
 * lead its token names.
 */
@Path("/api/elevenlabs/signed-url")
@RolesAllowed({"operator", "admin", CurrentTenant.VISITOR})
@Produces(MediaType.APPLICATION_JSON)
public final class SignedUrlResource {

    private static final Pattern CONVERSATION_ID = Pattern.compile("[?&]conversation_id=([A-Za-z0-9_-]{1,100})(?:&|$)");

    private final ConvaiClient convai;
    private final StreamInvitation agents;
    private final LeadContexts contexts;
    private final TenantDirectory tenants;
    private final CurrentTenant caller;
    private final SignedUrlConfig config;
    private final RateLimit limit;
    private final Clock clock;

    SignedUrlResource(
            ConvaiClient convai,
            StreamInvitation agents,
            LeadContexts contexts,
            TenantDirectory tenants,
            CurrentTenant caller,
            SignedUrlConfig config,
            Clock clock) {
        this.convai = convai;
        this.agents = agents;
        this.contexts = contexts;
        this.tenants = tenants;
        this.caller = caller;
        this.config = config;
        this.limit = new RateLimit(config.remembered());
        this.clock = clock;
    }

    /**
     * What the official client is started with (ElevenLabs, <i>JavaScript SDK</i>, startSession).
     *
     * @param signedUrl opens one conversation, within 15 minutes (ElevenLabs, <i>Agent authentication</i>)
     * @param connectionType a signed URL is one of a socket
     * @param conversationId the one conversation a visitor's URL opens; null where the provider tells it only when it begins
     * @param textOnly whether the conversation is written: then the client must say so
     * @param userId the lead, as it comes back in the post-call webhook
     * @param overrides the tenant's own, ready for the client; empty where the agent allows none
     * @param allowedOverrides the paths of those the agent allows; any other would end the conversation
     */
    public record Session(
            String signedUrl,
            String connectionType,
            @Nullable String conversationId,
            boolean textOnly,
            String agentId,
            UUID leadId,
            String userId,
            Map<String, String> dynamicVariables,
            Map<String, Map<String, Object>> overrides,
            Set<String> allowedOverrides) {}

    /** Fetches a URL and adds what the agent is to know of the lead. */
    @GET
    @Operation(summary = "A signed conversation URL for the browser widget, with the lead's context")
    @APIResponse(
            responseCode = "200",
            description =
                    "{success, data: {signedUrl, connectionType, conversationId, textOnly, agentId, leadId, userId, dynamicVariables, overrides, allowedOverrides}}")
    @APIResponse(responseCode = "400", description = "leadId is missing or malformed; a visitor's may be left out")
    @APIResponse(responseCode = "403", description = "A visitor asks for another lead")
    @APIResponse(responseCode = "429", description = "A lead's browser asks too often; see Retry-After")
    @APIResponse(responseCode = "404", description = "There is no such tenant, or it is another's")
    @APIResponse(responseCode = "422", description = "There is no agent for this tenant")
    @APIResponse(responseCode = "502", description = "ElevenLabs refuses; code and cure say why")
    @APIResponse(responseCode = "503", description = "ElevenLabs is away or too busy; see Retry-After")
    public Uni<Response> begin(
            @QueryParam("leadId") @Nullable String leadId,
            @QueryParam("tenantId") @Nullable String tenantId,
            @Parameter(description = "voice (the default) or text") @QueryParam("medium") @Nullable String medium) {
        Tenant tenant = tenant(tenantId);
        UUID lead = lead(leadId);
        boolean textOnly = textOnly(medium);
        String agent = agent(tenant, textOnly)
                .orElseThrow(() -> Problem.of(422, "NO_AGENT", "There is no agent for this tenant.")
                        .cure("Set the tenant's elevenLabsAgentId, or ELEVENLABS_AGENT_ID."));
        LogIds.of().tenant(tenant.id()).lead(lead);
        if (!limit.admits(tenant.id() + "|" + lead, config.perMinute())) {
            throw Problem.tooManyRequests("This lead's browser asks for too many conversations: try again in a minute.")
                    .retryAfter(RateLimit.WINDOW);
        }
        boolean visitor = caller.visitor().isPresent();
        return Uni.combine()
                .all()
                .unis(
                        visitor ? convai.singleUseUrl(agent) : convai.signedUrl(agent),
                        // A visitor's browser would see it: who serves the browser adds what it may know.
                        visitor
                                ? Uni.createFrom().item(Optional.<LeadContext>empty())
                                : contexts.find(tenant.id(), lead))
                .asTuple()
                .map(both -> switch (both.getItem1()) {
                    case ConvaiAnswer.Success<String>(String url) ->
                        session(url, agent, textOnly, lead, tenant, variables(tenant, lead, both.getItem2()));
                    case ConvaiAnswer.Failure<String> failure -> throw refusal(failure);
                });
    }

    private static boolean textOnly(@Nullable String medium) {
        if (medium == null || medium.isBlank() || medium.equals("voice")) {
            return false;
        }
        if (medium.equals("text")) {
            return true;
        }
        throw Problem.invalid("medium", "must be voice or text");
    }

    /** Who writes: the tenant's text agent, else the one that speaks. */
    private Optional<String> agent(Tenant tenant, boolean textOnly) {
        return Optional.ofNullable(textOnly ? tenant.settings().elevenLabsTextAgentId() : null)
                .filter(id -> !id.isBlank())
                .or(() -> agents.agentOf(tenant));
    }

    private Map<String, String> variables(Tenant tenant, UUID lead, Optional<LeadContext> context) {
        String phone =
                context.map(LeadContext::phone).map(known -> known.value()).orElse(null);
        Instant now = clock.instant();
        return ConversationVariables.of(tenant, context, new Facts(lead, phone, null, null, Medium.CHAT), now);
    }

    private static Response session(
            String url, String agent, boolean textOnly, UUID lead, Tenant tenant, Map<String, String> variables) {
        Session session = new Session(
                url,
                "websocket",
                conversationId(url),
                textOnly,
                agent,
                lead,
                lead.toString(),
                variables,
                ClientOverrides.of(tenant),
                new TreeSet<>(tenant.settings().elevenLabsOverrides()));
        return Response.ok(ApiAnswer.ok(session))
                .header(HttpHeaders.CACHE_CONTROL, "no-store")
                .build();
    }

    private static @Nullable String conversationId(String url) {
        Matcher named = CONVERSATION_ID.matcher(url);
        return named.find() ? named.group(1) : null;
    }

    private Tenant tenant(@Nullable String asked) {
        UUID id = asked == null || asked.isBlank() ? caller.require() : caller.require(asked.strip());
        return tenants.byId(id).orElseThrow(() -> Problem.notFound("There is no such tenant."));
    }

    private UUID lead(@Nullable String text) {
        Optional<UUID> visitor = caller.visitor().map(Visitor::leadId);
        if (text == null || text.isBlank()) {
            return visitor.orElseThrow(() -> Problem.invalid("leadId", "is missing"));
        }
        UUID asked = uuid(text);
        if (visitor.filter(own -> !own.equals(asked)).isPresent()) {
            throw Problem.forbidden("This token is another lead's.");
        }
        return asked;
    }

    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text.strip());
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid("leadId", "must be a UUID");
        }
    }

    /** 503 for what may pass by itself, 502 for what somebody must put right. */
    static Problem refusal(ConvaiAnswer.Failure<?> failure) {
        ConvaiFailure reason = failure.reason();
        boolean passing = reason.retryable() || reason == ConvaiFailure.NOT_CONFIGURED;
        String said = failure.message().isBlank() ? failure.code() : failure.message();
        return Problem.of(
                        passing ? 503 : 502,
                        "PROVIDER_" + reason.name(),
                        "ElevenLabs gave no conversation URL" + (said.isBlank() ? "." : ": " + said))
                .cure(reason.cure())
                .retryAfter(failure.retryAfter());
    }
}

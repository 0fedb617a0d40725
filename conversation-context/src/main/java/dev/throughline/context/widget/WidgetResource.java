package dev.throughline.context.widget;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ConversationVariables;
import dev.throughline.platform.security.VisitorTokens;
import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;
import jakarta.annotation.security.PermitAll;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The chat on a tenant's page, as its browser sees it. */
@TimeLimited
@Path("/api/widget")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Chat widget")
public class WidgetResource {

    private final Visitors visitors;
    private final VisitorKeys keys;
    private final VisitorTokens tokens;
    private final VisitorWords words;
    private final Conversations conversations;
    private final WidgetConfig config;
    private final Clock clock;

    WidgetResource(
            Visitors visitors,
            VisitorKeys keys,
            VisitorTokens tokens,
            VisitorWords words,
            Conversations conversations,
            WidgetConfig config,
            Clock clock) {
        this.visitors = visitors;
        this.keys = keys;
        this.tokens = tokens;
        this.words = words;
        this.conversations = conversations;
        this.config = config;
        this.clock = clock;
    }

    /**
     * What a page opens a chat with.
     *
     * @param key the tenant's public key
     * @param visitor what the browser kept of an earlier chat; absent, or not ours: somebody new
     */
    public record Opening(@Nullable String key, @Nullable String visitor) {}

    /**
     * An open chat.
     *
     * @param token for the header {@code X-Visitor-Token}, until {@code expiresAt}
     * @param visitor for the browser to keep; who has it is this lead
     * @param resumed whether it is a lead from before
     * @param language of the business, BCP 47
     * @param greeting what the agent says first
     */
    public record Opened(
            String token,
            Instant expiresAt,
            String visitor,
            UUID leadId,
            boolean resumed,
            String business,
            String language,
            String greeting) {}

    /** How a visitor wants to talk: {@code text} or {@code voice}. */
    public record Talk(@Nullable String medium) {}

    @POST
    @Path("/session")
    @PermitAll // the public key and the page's origin are what is checked
    @Operation(summary = "Opens a chat on a page of a listed origin: a short token for one lead, new or resumed")
    @APIResponse(responseCode = "403", description = "The key is nobody's, or the tenant has not listed this origin")
    @APIResponse(
            responseCode = "429",
            description = "This address, or this tenant's visitors, open too many; see Retry-After")
    public Uni<Response> open(
            @Nullable Opening opening,
            @HeaderParam("Origin") @Nullable String origin,
            @Context HttpServerRequest request) {
        Tenant tenant = visitors.opening(opening == null ? null : opening.key(), origin, address(request));
        Optional<String> known = keys.known(tenant.id(), opening == null ? null : opening.visitor());
        String key = known.orElseGet(() -> keys.fresh(tenant.id()));
        UUID lead = VisitorKeys.leadOf(tenant.id(), key);
        Opened opened = new Opened(
                tokens.mint(tenant.id(), lead, origin == null ? "" : origin),
                clock.instant().plus(VisitorTokens.LIFE),
                key,
                lead,
                known.isPresent(),
                tenant.name(),
                tenant.language(),
                ConversationVariables.greeting(tenant));
        return Uni.createFrom().item(notStored(Response.ok(opened)));
    }

    @POST
    @Path("/conversation")
    @RolesAllowed(CurrentTenant.VISITOR)
    @Operation(
            summary = "What the official client begins one conversation with: a signed URL for the visitor's own lead")
    @APIResponse(responseCode = "429", description = "Too many conversations of this visitor; see Retry-After")
    @APIResponse(responseCode = "503", description = "The agent cannot be reached; see Retry-After")
    public Uni<Response> talk(@Nullable Talk talk, @HeaderParam("X-Visitor-Token") @Nullable String token) {
        String medium = talk == null || talk.medium() == null ? "text" : talk.medium();
        if (!medium.equals("text") && !medium.equals("voice")) {
            throw Problem.invalid("medium", "must be text or voice");
        }
        return conversations
                .begin(visitors.current(), token == null ? "" : token, medium)
                .map(begun -> notStored(Response.ok(begun)));
    }

    @POST
    @Path("/messages")
    @RolesAllowed(CurrentTenant.VISITOR)
    @Operation(summary = "Stores what was said in the chat; the same id is the same message, however often it comes")
    @APIResponse(responseCode = "202", description = "They stand on the lead's timeline in a moment")
    @APIResponse(
            responseCode = "400",
            description = "A message is too long, or of a conversation that is not this visitor's")
    @APIResponse(responseCode = "429", description = "Too many; see Retry-After")
    public Uni<Response> said(VisitorWords.@Nullable Said said) {
        return words.keep(visitors.current("say", config.messagesPerVisitor()), said)
                .replaceWith(() -> Response.accepted().build());
    }

    @POST
    @Path("/contact")
    @RolesAllowed(CurrentTenant.VISITOR)
    @Operation(
            summary = "What a visitor says of who it is",
            description =
                    "A number is noted, so that the business can text or call; it does not open what was said with"
                            + " that number elsewhere. An operator can say that two leads are one person.")
    @APIResponse(responseCode = "202", description = "It is noted")
    public Uni<Response> contact(VisitorWords.@Nullable Contact contact) {
        return words.introduce(visitors.current("introduce", config.otherPerVisitor()), contact)
                .replaceWith(() -> Response.accepted().build());
    }

    private static Response notStored(Response.ResponseBuilder answer) {
        return answer.header(HttpHeaders.CACHE_CONTROL, "no-store").build();
    }

    /** The visitor's address: the last one named by those before us, which is the one our own ingress has seen. */
    private static String address(HttpServerRequest request) {
        String forwarded = request.getHeader("X-Forwarded-For");
        if (forwarded == null || forwarded.isBlank()) {
            return request.remoteAddress() == null
                    ? ""
                    : request.remoteAddress().hostAddress();
        }
        return forwarded.substring(forwarded.lastIndexOf(',') + 1).strip();
    }
}

package dev.throughline.telephony.token;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.telephony.call.BrowserIdentity;
import io.quarkus.security.identity.SecurityIdentity;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;

/** Voice tokens for operators' browsers. */
@Path("/api/twilio/token")
@RolesAllowed({"operator", "admin"})
@Produces(MediaType.APPLICATION_JSON)
public final class VoiceTokenResource {

    private final VoiceTokens tokens;
    private final CurrentTenant current;
    private final SecurityIdentity identity;

    VoiceTokenResource(VoiceTokens tokens, CurrentTenant current, SecurityIdentity identity) {
        this.tokens = tokens;
        this.current = current;
        this.identity = identity;
    }

    /** Answers with the token. */
    @GET
    @Operation(operationId = "voiceToken", summary = "An access token of the Voice SDK for the operator's browser")
    @APIResponse(responseCode = "200", description = "token, identity and expiresAt in data")
    @APIResponse(responseCode = "401", description = "No operator's token")
    @APIResponse(responseCode = "403", description = "Not an operator or admin of one tenant")
    @APIResponse(responseCode = "503", description = "A setting of the Twilio account is missing; the answer names it")
    public Response get() {
        BrowserIdentity browser =
                BrowserIdentity.named(current.require(), identity.getPrincipal().getName());
        // Whoever stores the answer stores a way to call in the operator's name.
        return Response.ok(ApiAnswer.ok(tokens.mint(browser)))
                .header("Cache-Control", "no-store")
                .build();
    }

    /** As {@link #get}; what older pages use. */
    @POST
    @Operation(operationId = "newVoiceToken", summary = "The same by POST")
    public Response post() {
        return get();
    }
}

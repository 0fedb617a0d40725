package dev.throughline.context.postcall;

import dev.throughline.platform.elevenlabs.SignedBody;
import dev.throughline.platform.web.ApiAnswer;
import dev.throughline.platform.web.TimeLimited;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * ElevenLabs' workspace webhooks under both names. The body parameter exists only when the signature held; everything else is 403
 * before this class is reached.
 */
@TimeLimited
@Path("/api/webhooks/elevenlabs")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the signature is the authentication
@Tag(name = "Webhooks")
public class PostCallResource {

    private final PostCallIntake intake;

    PostCallResource(PostCallIntake intake) {
        this.intake = intake;
    }

    @POST
    @Path("/post-call")
    @Operation(summary = "Post-call webhook of ElevenLabs, signed")
    public Uni<ApiAnswer> postCall(SignedBody body) {
        PostCall postCall = PostCallParser.parse(body.bytes());
        return intake.take(postCall, body.bytes())
                .map(outcome -> ApiAnswer.ok(Map.of(
                        "status", outcome.name().toLowerCase(Locale.ROOT),
                        "conversationId", postCall.conversationId())));
    }

    @POST
    @Path("/conversation-events")
    @Operation(summary = "The same under its second name")
    public Uni<ApiAnswer> conversationEvents(SignedBody body) {
        return postCall(body);
    }
}

package dev.throughline.context.postcall;

import dev.throughline.platform.web.ApiAnswer;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/**
 * ElevenLabs' workspace webhooks under both names. The body parameter exists only when the signature held; everything else is 403
 * before this class is reached.
 */
@Path("/api/webhooks/elevenlabs")
@Produces(MediaType.APPLICATION_JSON)
@PermitAll // the signature is the authentication
@Tag(name = "Webhooks")
public class PostCallResource {

    /** ElevenLabs gives up after some 15 s and delivers again, or never. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PostCallIntake intake;

    PostCallResource(PostCallIntake intake) {
        this.intake = intake;
    }

    @POST
    @Path("/post-call")
    @RunOnVirtualThread // the body is read piece by piece
    @Operation(summary = "Post-call webhook of ElevenLabs, signed")
    public ApiAnswer postCall(SignedDocument document) {
        PostCall postCall = PostCallParser.parse(document.json());
        PostCallIntake.Outcome outcome =
                intake.take(postCall, document.bytes(), document.body()).await().atMost(PATIENCE);
        return ApiAnswer.ok(
                Map.of("status", outcome.name().toLowerCase(Locale.ROOT), "conversationId", postCall.conversationId()));
    }

    @POST
    @Path("/conversation-events")
    @RunOnVirtualThread
    @Operation(summary = "The same under its second name")
    public ApiAnswer conversationEvents(SignedDocument document) {
        return postCall(document);
    }
}

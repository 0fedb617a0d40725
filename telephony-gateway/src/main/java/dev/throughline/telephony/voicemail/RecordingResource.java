package dev.throughline.telephony.voicemail;

import dev.throughline.platform.tenant.CurrentTenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.twilio.RecordingAudio;
import dev.throughline.telephony.twilio.RecordingSids;
import dev.throughline.telephony.twilio.TwilioRecordings;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

/** Plays voice messages to the tenant's operators. */
@Path("/api/twilio/recordings/{sid}")
@RolesAllowed({"operator", "admin"})
@Tag(name = "Voice messages")
public final class RecordingResource {

    private static final Logger LOG = Logger.getLogger(RecordingResource.class);

    private final CurrentTenant tenant;
    private final VoiceMessages messages;
    private final LostMessages lost;
    private final TwilioRecordings recordings;

    RecordingResource(CurrentTenant tenant, VoiceMessages messages, LostMessages lost, TwilioRecordings recordings) {
        this.tenant = tenant;
        this.messages = messages;
        this.lost = lost;
        this.recordings = recordings;
    }

    /** The audio, as it comes from Twilio. */
    @GET
    @Operation(summary = "The audio of a voice message, as WAV")
    @APIResponse(responseCode = "200", description = "audio/x-wav")
    @APIResponse(responseCode = "404", description = "No message of this tenant, or Twilio has it no longer")
    @APIResponse(responseCode = "503", description = "Twilio or the database does not answer")
    public RestMulti<byte[]> fetch(@RestPath String sid) {
        UUID own = tenant.require();
        Uni<RecordingAudio.Found> found =
                RecordingSids.valid(sid) ? found(own, sid) : Uni.createFrom().failure(noSuch());
        return RestMulti.fromUniResponse(
                found,
                RecordingAudio.Found::audio,
                audio -> Map.of(
                        "Content-Type", List.of(audio.contentType()),
                        "Cache-Control", List.of("private, no-store"),
                        "X-Content-Type-Options", List.of("nosniff")));
    }

    private Uni<RecordingAudio.Found> found(UUID own, String sid) {
        return messages.owned(own, sid)
                .onFailure()
                .transform(failure -> Problem.unavailable("The message could not be looked up."))
                .chain(owned -> owned ? Uni.createFrom().item(true) : lost.find(own, sid))
                .chain(owned -> owned ? recordings.fetch(sid) : Uni.createFrom().failure(noSuch()))
                .map(audio -> switch (audio) {
                    case RecordingAudio.Found available -> available;
                    case RecordingAudio.Gone gone -> throw noSuch();
                    case RecordingAudio.Unavailable(String reason) -> {
                        LOG.warnf("a recording could not be fetched, reason=%s", reason);
                        throw Problem.unavailable("Twilio did not give the recording: try again shortly.");
                    }
                });
    }

    private static Problem noSuch() {
        return Problem.notFound("There is no such voice message.");
    }
}

package dev.throughline.telephony.voicemail;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.RecordingSids;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's recording callbacks (Twilio, <i>TwiML: Record</i>, recordingStatusCallback). Whose call it is stands in the query, which the
 * signature covers: we wrote it ourselves.
 */
@Path(WebhookPaths.TWILIO + WebhookPaths.RECORDING)
@PermitAll
public final class RecordingCallbackResource {

    private static final Logger LOG = Logger.getLogger(RecordingCallbackResource.class);

    private final VoiceMessages messages;
    private final CallMetrics metrics;

    RecordingCallbackResource(VoiceMessages messages, CallMetrics metrics) {
        this.messages = messages;
        this.metrics = metrics;
    }

    /** Answers 204 once the message is durable, and at once for a recording without a word in it. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A caller's voice message can be fetched")
    @APIResponse(responseCode = "204", description = "Stored, known already, or empty")
    @APIResponse(responseCode = "400", description = "CallSid, RecordingSid, tenant or lead is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    @APIResponse(responseCode = "503", description = "Neither the database nor Kafka took it")
    public Uni<Response> report(SignedForm form, @RestQuery @Nullable String tenant, @RestQuery @Nullable String lead) {
        CallParties call = new CallParties(CallWebhook.callSid(form), uuid("tenant", tenant), uuid("lead", lead));
        LogIds.of().call(call.callSid()).tenant(call.tenantId()).lead(call.leadId());
        String recording = RecordingSids.checked("RecordingSid", form.get("RecordingSid"));
        long seconds = form.number("RecordingDuration").orElse(0L);
        if (!form.get("RecordingStatus").equals("completed") || seconds <= 0 || seconds > Integer.MAX_VALUE) {
            LOG.infof("a recording without a message, status=%s", form.get("RecordingStatus"));
            return Uni.createFrom().item(Reports::taken);
        }
        return Reports.answer(
                "a voice message",
                metrics.timed("recording", () -> messages.add(new VoiceMessage(call, recording, (int) seconds))));
    }

    private static UUID uuid(String name, @Nullable String text) {
        try {
            return UUID.fromString(text == null ? "" : text);
        } catch (IllegalArgumentException malformed) {
            throw Problem.invalid(name, "is not a UUID");
        }
    }
}

package dev.throughline.telephony.stream;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jboss.logging.Logger;

/** Stream status callbacks (Twilio, <i>TwiML: Stream</i>, statusCallback): for the log and the metrics alone. */
@Path(WebhookPaths.TWILIO + WebhookPaths.STREAM_STATUS)
@PermitAll
public final class StreamStatusResource {

    private static final Logger LOG = Logger.getLogger(StreamStatusResource.class);
    private static final String ERROR = "stream-error";
    private static final Set<String> KNOWN = Set.of("stream-started", "stream-stopped", ERROR);

    private final CallMetrics metrics;

    StreamStatusResource(CallMetrics metrics) {
        this.metrics = metrics;
    }

    /** Answers 204. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A stream started, stopped or failed")
    public Uni<Response> report(SignedForm form) {
        LogIds.of().call(CallWebhook.callSid(form));
        String event = form.get("StreamEvent");
        // An unknown word is not made a label: labels stay few.
        metrics.stream(KNOWN.contains(event) ? event : "other");
        if (event.equals(ERROR)) {
            LOG.warnf("stream failed: %s", form.get("StreamError"));
        } else {
            LOG.debugf("stream reported: %s", event);
        }
        return Uni.createFrom().item(Reports::taken);
    }
}

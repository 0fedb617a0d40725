package dev.throughline.telephony.status;

import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.call.CalledTenant;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.status.CallStatuses.Unannounced;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;

/** Twilio's call status callbacks. */
@Path(WebhookPaths.TWILIO + WebhookPaths.STATUS)
@PermitAll
public final class CallStatusResource {

    private static final Logger LOG = Logger.getLogger(CallStatusResource.class);

    private final CallStatuses statuses;
    private final CalledTenant tenants;
    private final CallMetrics metrics;
    private final Clock clock;

    CallStatusResource(CallStatuses statuses, CalledTenant tenants, CallMetrics metrics, Clock clock) {
        this.statuses = statuses;
        this.tenants = tenants;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** Answers 204 once the report is durable. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A call changed its status")
    @APIResponse(responseCode = "204", description = "Stored, or nothing new")
    @APIResponse(responseCode = "400", description = "CallSid or CallStatus is missing or malformed")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    @APIResponse(responseCode = "503", description = "Neither the database nor Kafka took it")
    public Uni<Response> report(SignedForm form) {
        CallReport report = CallReport.of(form, clock.instant());
        LogIds.of().call(report.callSid());
        if (report.status().isEmpty()) {
            LOG.warn("a call status this version does not know was ignored");
            return Uni.createFrom().item(Reports::taken);
        }
        CallStatus status = report.status().get();
        Unannounced otherwise = tenants.of(report.origin().ours())
                .filter(tenant -> CustomerLeg.is(report, tenant))
                .map(tenant ->
                        CallParties.of(report.callSid(), tenant, report.origin().customer()))
                .map(parties -> new Unannounced(parties, report.origin()))
                .orElse(null);
        LOG.infof("call status: %s, sequence=%d", status.wire(), report.sequence());
        return Reports.answer(
                "a call's status", metrics.timed("status", () -> statuses.record(report.news(status), otherwise)));
    }
}

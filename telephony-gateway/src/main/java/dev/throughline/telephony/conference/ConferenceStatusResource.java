package dev.throughline.telephony.conference;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.logging.LogIds;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.telephony.call.CallMetrics;
import dev.throughline.telephony.call.CallWebhook;
import dev.throughline.telephony.call.Reports;
import dev.throughline.telephony.call.WebhookPaths;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's conference callbacks: repeated, late and out of order. Whose room it is stands in the query, which the signature covers: we
 * wrote it ourselves.
 */
@Path(WebhookPaths.TWILIO + WebhookPaths.CONFERENCE_STATUS)
@PermitAll
public final class ConferenceStatusResource {

    private static final Logger LOG = Logger.getLogger(ConferenceStatusResource.class);

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final List<RoomListener> listeners;
    private final CallMetrics metrics;

    ConferenceStatusResource(Rooms rooms, RoomTasks tasks, @All List<RoomListener> listeners, CallMetrics metrics) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.listeners = listeners;
        this.metrics = metrics;
    }

    /** Answers 204 once the report is durable; what follows from it at Twilio is done afterwards. */
    @POST
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "Somebody joined or left a conference room, or it began or ended")
    @APIResponse(responseCode = "204", description = "Stored, or nothing new, or a room of nobody's")
    @APIResponse(responseCode = "400", description = "FriendlyName or StatusCallbackEvent is missing")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    @APIResponse(responseCode = "503", description = "Neither the database nor Kafka took it; Twilio repeats it")
    public Uni<Response> report(SignedForm form, @RestQuery @Nullable UUID tenant, @RestQuery @Nullable UUID lead) {
        String name = form.require("FriendlyName");
        Optional<RoomReport> report = RoomReport.of(form, time(form.get("Timestamp")));
        if (report.isEmpty()) {
            return Uni.createFrom().item(Reports::taken);
        }
        form.find("CallSid").ifPresent(callSid -> LogIds.of().call(callSid));
        LOG.infof("conference: %s", form.get("StatusCallbackEvent"));
        String sid = form.get("ConferenceSid");
        List<RecordedEvent> otherwise = tenant == null || lead == null
                ? List.of()
                : RoomEvents.of(new RoomAddress(name, tenant, lead), sid, report.get());
        return Reports.answer(
                "a conference's report",
                metrics.timed("conference-status", () -> take(name, sid, report.get(), otherwise)));
    }

    /** Answers 204: a leg that was called in has ended. One that never was in the room will not come. */
    @POST
    @Path("/{room}/{label}")
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(summary = "A call into a conference room changed its status")
    @APIResponse(responseCode = "204", description = "Stored, or nothing new, or a room of nobody's")
    @APIResponse(responseCode = "403", description = "X-Twilio-Signature is missing or wrong")
    @APIResponse(responseCode = "503", description = "The database did not take it")
    public Uni<Response> leg(SignedForm form, @PathParam("room") String name, @PathParam("label") String label) {
        CallWebhook call = CallWebhook.of(form);
        if (!call.status().terminal()) {
            return Uni.createFrom().item(Reports::taken);
        }
        LogIds.of().call(call.callSid());
        LOG.infof("a leg of a conference ended: %s", call.status().wire());
        return Reports.answer(
                "the end of a conference's leg",
                tasks.legEnded(name, label, call.callSid(), call.status().wire()));
    }

    private Uni<Void> take(String name, String sid, RoomReport report, List<RecordedEvent> otherwise) {
        return rooms.report(
                        name,
                        room -> (sid.isBlank() ? room : room.named(sid)).after(report, UUID::randomUUID),
                        otherwise)
                .chain(step -> step.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : follow(step.get().room(), step.get().tasks(), report));
    }

    private Uni<Void> follow(Room room, List<RoomTask> todo, RoomReport report) {
        // Not waited for: Twilio repeats no callback, and its own API may be what is slow.
        tasks.run(room, todo)
                .subscribe()
                .with(ignored -> {}, failure -> LOG.error("a conference's tasks failed", failure));
        Uni<Void> told = Uni.createFrom().voidItem();
        for (RoomListener listener : listeners) {
            told = told.chain(() -> listener.onReport(room, report));
        }
        return told;
    }

    /** Twilio's whole seconds; ours where it wrote none. */
    private Instant time(String timestamp) {
        try {
            return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(timestamp));
        } catch (DateTimeParseException absentOrMalformed) {
            return rooms.now();
        }
    }
}

package dev.throughline.context.followup;

import dev.throughline.context.call.CallSummary;
import dev.throughline.context.followup.Reason.Asked;
import dev.throughline.context.followup.Reason.CallWithoutBooking;
import dev.throughline.context.followup.Reason.MissedCall;
import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a follow-up has lost its reason. Asked when it would be scheduled, whenever something happens to the lead, and again before it is
 * done; so it does not matter in which order the events came. Pure.
 */
final class Gone {

    private Gone() {}

    /** Why there is no reason left; empty while there is one. */
    static Optional<String> why(FollowUp followUp, LeadContext context, Instant now) {
        // A call somebody promised is not a text, and the customer may well expect it.
        boolean promisedCall = followUp.reason() instanceof Asked && followUp.channel() == FollowUpChannel.CALL;
        if (!promisedCall
                && context.textsAllowed() != null
                && !context.textsAllowed().value()) {
            return Optional.of("the customer wants no texts");
        }
        return switch (followUp.reason()) {
            case MissedCall missed ->
                spokenWith(context, missed.callId())
                        ? Optional.of("somebody spoke with the caller")
                        : contactAfter(context, missed.callId(), missed.at());
            case CallWithoutBooking call -> booked(context, call, now);
            case Reminder reminder -> changed(reminder, context.appointments().get(reminder.appointmentId()), now);
            case Asked asked -> Optional.empty();
        };
    }

    private static boolean spokenWith(LeadContext context, String callId) {
        return call(context, callId).map(CallSummary::answered).orElse(false);
    }

    /** What is known of one call; empty when it left the context. */
    static Optional<CallSummary> call(LeadContext context, String callId) {
        return CallSummary.of(context, context.window().events()).stream()
                .filter(call -> call.callId().equals(callId))
                .findFirst();
    }

    private static Optional<String> booked(LeadContext context, CallWithoutBooking reason, Instant now) {
        Optional<CallSummary> call = call(context, reason.callId());
        if (!context.upcoming(now).isEmpty()) {
            return Optional.of("an appointment is booked");
        }
        if (call.isPresent() && call.get().handedOverTo() != null) {
            return Optional.of("a colleague spoke with the caller");
        }
        @Nullable Instant began = call.map(CallSummary::startedAt).orElse(null);
        boolean since = context.window().events().stream()
                .anyMatch(event -> event.event() instanceof AppointmentEvent
                        && event.time().isAfter(began == null ? reason.at() : began));
        return since
                ? Optional.of("an appointment was made or changed since")
                : contactAfter(context, reason.callId(), reason.at());
    }

    private static Optional<String> changed(Reminder reminder, @Nullable Appointment appointment, Instant now) {
        if (appointment == null) {
            return Optional.empty();
        }
        if ("cancelled".equals(appointment.status())) {
            return Optional.of("the appointment was cancelled");
        }
        if (appointment.version() > reminder.version()) {
            return Optional.of("the appointment was changed");
        }
        return reminder.start().isAfter(now) ? Optional.empty() : Optional.of("the appointment has begun");
    }

    /** Who was in touch with whom since; what the suite does by itself does not count. */
    private static Optional<String> contactAfter(LeadContext context, String callId, Instant at) {
        for (RecordedEvent recorded : context.window().events()) {
            if (recorded.time().isAfter(at)) {
                @Nullable String contact =
                        switch (recorded.event()) {
                            case SmsEvent.Received text -> "the customer texted";
                            case SmsEvent.Sent text when text.author() == Speaker.OPERATOR -> "the customer was texted";
                            case ChatEvent.Message message
                            when message.speaker() == Speaker.CUSTOMER -> "the customer wrote in the chat";
                            case CallEvent.Started call when call.callId().equals(callId) -> null;
                            case CallEvent.Started call
                            when call.direction() == Direction.INBOUND -> "the customer called";
                            case CallEvent.Started call -> "the customer was called";
                            default -> null;
                        };
                if (contact != null) {
                    return Optional.of(contact);
                }
            }
        }
        return Optional.empty();
    }
}

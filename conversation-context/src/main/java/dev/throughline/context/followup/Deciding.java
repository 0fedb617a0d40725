package dev.throughline.context.followup;

import dev.throughline.context.call.CallSummary;
import dev.throughline.context.followup.Decision.Cancel;
import dev.throughline.context.followup.Decision.Fail;
import dev.throughline.context.followup.Decision.Schedule;
import dev.throughline.context.followup.Decision.Settle;
import dev.throughline.context.followup.FollowUp.State;
import dev.throughline.context.followup.Reason.CallWithoutBooking;
import dev.throughline.context.followup.Reason.MissedCall;
import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.CallEvent;
import dev.throughline.events.EventIds;
import dev.throughline.events.FollowUpEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpRule;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What news about one lead schedules, cancels and raises. Pure: whatever the order in which events come, and however often, each rule and
 * cause is scheduled at most once, and what stays to be done in the end is the same.
 */
final class Deciding {

    private final Tenant tenant;
    private final LeadContext context;
    private final Instant now;
    private final Limits limits;
    private final Set<String> told = new HashSet<>();

    private Deciding(Tenant tenant, LeadContext context, Instant now, Limits limits) {
        this.tenant = tenant;
        this.context = context;
        this.now = now;
        this.limits = limits;
        for (RecordedEvent recorded : context.window().events()) {
            if (recorded.event() instanceof FollowUpEvent followUp && !(followUp instanceof FollowUpEvent.Scheduled)) {
                told.add(followUp.followUpId());
            }
        }
    }

    /**
     * The decisions.
     *
     * @param context after the news
     * @param standing the lead's follow-ups that are to be done, and those whose texts the news are about
     */
    static List<Decision> of(
            Tenant tenant,
            LeadContext context,
            List<RecordedEvent> news,
            Map<UUID, Standing> standing,
            Instant now,
            Limits limits) {
        Deciding deciding = new Deciding(tenant, context, now, limits);
        List<Decision> decisions = new ArrayList<>();
        deciding.causes(news).forEach(followUp -> decisions.add(new Schedule(followUp)));
        standing.values().stream()
                .filter(one -> one.state() == State.SCHEDULED)
                .forEach(one -> deciding.over(one.followUp()).ifPresent(decisions::add));
        TextFailures.in(news).forEach((id, why) -> {
            Standing failed = standing.get(id);
            if (failed != null) {
                decisions.addAll(deciding.failed(failed, why));
            }
        });
        return decisions;
    }

    /**
     * What keeps follow-ups from being a nuisance.
     *
     * @param tooLate what would have been due longer ago is not scheduled any more
     * @param peace after a text of a follow-up, no call of the customer makes another for so long
     */
    record Limits(Duration tooLate, Duration peace) {}

    /** What became of a follow-up so far. */
    record Standing(FollowUp followUp, State state) {}

    private List<FollowUp> causes(List<RecordedEvent> news) {
        FollowUpSettings rules = tenant.settings().followUps();
        List<FollowUp> found = new ArrayList<>();
        for (CallSummary call : CallSummary.of(context, news)) {
            Instant ended = call.endedAt();
            if (ended != null && call.isMissed()) {
                found.addAll(after(rules.missedCall(), new MissedCall(call.callId(), ended), ended));
            } else if (ended != null && isTalkWithTheAgent(call)) {
                found.addAll(after(rules.callWithoutBooking(), new CallWithoutBooking(call.callId(), ended), ended));
            }
        }
        for (RecordedEvent recorded : news) {
            if (recorded.event() instanceof AppointmentEvent change) {
                found.addAll(before(rules.reminder(), change.appointment(), recorded.time()));
            }
        }
        return found.stream()
                .flatMap(followUp -> stillWanted(followUp).stream())
                .toList();
    }

    private static boolean isTalkWithTheAgent(CallSummary call) {
        return CallEvent.Direction.INBOUND.name().equals(call.direction())
                && call.answered()
                && call.spokeWith() != CallEvent.SpokeWith.HUMAN
                && call.handedOverTo() == null;
    }

    private List<FollowUp> after(@Nullable FollowUpRule rule, Reason reason, Instant cause) {
        List<FollowUp> made = new ArrayList<>();
        if (rule != null) {
            rule.minutes()
                    .forEach(minutes ->
                            made.add(followUp(rule, reason, cause.plus(Duration.ofMinutes(minutes)), minutes)));
        }
        return made;
    }

    private List<FollowUp> before(@Nullable FollowUpRule rule, Appointment appointment, Instant changed) {
        List<FollowUp> made = new ArrayList<>();
        if (rule != null) {
            Reminder reason = new Reminder(appointment.id(), appointment.version(), appointment.start());
            for (int minutes : rule.minutes()) {
                Instant due = appointment.start().minus(Duration.ofMinutes(minutes));
                // Whoever books an hour ahead needs no word that should have come a day ahead.
                if (due.isAfter(changed)) {
                    made.add(followUp(rule, reason, due, minutes));
                }
            }
        }
        return made;
    }

    private FollowUp followUp(FollowUpRule rule, Reason reason, Instant due, int minutes) {
        UUID id =
                switch (reason) {
                    case MissedCall missed -> EventIds.of("follow-up", "missed-call", missed.callId(), minutes);
                    case CallWithoutBooking call ->
                        EventIds.of("follow-up", "call-without-booking", call.callId(), minutes);
                    case Reminder reminder ->
                        EventIds.of("follow-up", "reminder", reminder.appointmentId(), reminder.version(), minutes);
                    case Reason.Asked asked -> throw new IllegalArgumentException("no rule asks");
                };
        return new FollowUp(
                id,
                context.tenantId(),
                context.leadId(),
                reason,
                rule.channel(),
                rule.text(),
                rule.questions(),
                due,
                null);
    }

    /** The follow-up, put behind quiet hours; empty when it can not be done, comes too late or has no reason any more. */
    private Optional<FollowUp> stillWanted(FollowUp followUp) {
        // A call tells its number or there is none; an appointment may be heard of before the number is.
        @Nullable String phone = context.phone() == null ? null : context.phone().value();
        if (phone == null && !(followUp.reason() instanceof Reminder)
                || told.contains(followUp.id().toString())
                || followUp.dueAt().isBefore(now.minus(limits.tooLate()))
                || Blocked.is(tenant, phone)
                || isLeftInPeace(followUp.reason())
                || Gone.why(followUp, context, now).isPresent()) {
            return Optional.empty();
        }
        Instant due =
                Quiet.until(tenant, followUp.channel(), phone, followUp.dueAt()).orElse(followUp.dueAt());
        return followUp.reason() instanceof Reminder reminder
                        && !reminder.start().isAfter(due)
                ? Optional.empty()
                : Optional.of(followUp.at(due));
    }

    /** Whoever calls ten times in an hour is texted back once. */
    private boolean isLeftInPeace(Reason reason) {
        @Nullable Instant cause =
                switch (reason) {
                    case MissedCall missed -> missed.at();
                    case CallWithoutBooking call -> call.at();
                    case Reminder reminder -> null;
                    case Reason.Asked asked -> null;
                };
        return cause != null
                && context.window().events().stream()
                        .anyMatch(event -> event.event() instanceof SmsEvent.Sent text
                                && TextFailures.FOLLOW_UP.equals(text.purpose())
                                && event.time().isBefore(cause)
                                && event.time().isAfter(cause.minus(limits.peace())));
    }

    private Optional<Decision> over(FollowUp followUp) {
        return told.contains(followUp.id().toString())
                ? Optional.of(new Settle(followUp))
                : Gone.why(followUp, context, now).map(why -> new Cancel(followUp, why));
    }

    private List<Decision> failed(Standing text, String why) {
        boolean reached = text.state() == State.DONE || text.state() == State.DOING;
        if (!reached || text.followUp().channel() != FollowUpChannel.TEXT) {
            return List.of();
        }
        List<Decision> decisions = new ArrayList<>(List.of(new Fail(text.followUp(), why)));
        Raising.next(tenant, text.followUp(), context, now).ifPresent(next -> decisions.add(new Schedule(next)));
        return decisions;
    }
}

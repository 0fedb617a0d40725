package dev.throughline.events.context;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.CallEvent;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one lead: the fold of its channel events, design §4. {@link #apply} is pure; events may come in any
 * order and any number of times.
 *
 * @param phone the number last used, E.164
 * @param textsAllowed false after STOP, true after START, null when neither was said
 * @param appointments by appointment id, each in its highest version
 * @param score the last score
 * @param linked leads that are the same person
 * @param firstContact time of the earliest event; null before the first
 * @param lastActivity time of the latest event; null before the first
 * @param questions the newest events about what was to be asked and what was answered; see {@link #questionnaires}
 * @param window the newest events
 */
public record LeadContext(
        UUID tenantId,
        UUID leadId,
        @Nullable Known<String> name,
        @Nullable Known<String> email,
        @Nullable Known<String> phone,
        @Nullable Known<Boolean> textsAllowed,
        SortedMap<String, Appointment> appointments,
        @Nullable Known<LeadEvent.Scored> score,
        SortedSet<UUID> linked,
        @Nullable Instant firstContact,
        @Nullable Instant lastActivity,
        EventWindow questions,
        EventWindow window) {

    /** Most weight of the questions kept, in characters: some hundred calls with a few questions each. */
    private static final int QUESTIONS_CAPACITY = 32_000;

    /** A lead of which nothing happened yet. */
    public static LeadContext empty(UUID tenantId, UUID leadId) {
        return new LeadContext(
                tenantId,
                leadId,
                null,
                null,
                null,
                null,
                new TreeMap<>(),
                null,
                new TreeSet<>(),
                null,
                null,
                EventWindow.empty(),
                EventWindow.empty());
    }

    /** The fold of a lead's events, in whatever order they come. */
    public static LeadContext of(UUID tenantId, UUID leadId, Collection<RecordedEvent> events) {
        LeadContext context = empty(tenantId, leadId);
        for (RecordedEvent event : events) {
            context = context.apply(event);
        }
        return context;
    }

    /**
     * This context after {@code recorded}.
     *
     * @throws IllegalArgumentException when the event belongs to another lead or tenant
     */
    public LeadContext apply(RecordedEvent recorded) {
        if (!recorded.leadId().equals(leadId) || !recorded.tenantId().equals(tenantId)) {
            throw new IllegalArgumentException("event " + recorded.id() + " is not of lead " + leadId);
        }
        ChannelEvent event = recorded.event();
        LeadEvent.@Nullable ProfileChanged profile = event instanceof LeadEvent.ProfileChanged p ? p : null;
        return new LeadContext(
                tenantId,
                leadId,
                Known.later(name, Known.from(recorded, profile == null ? null : profile.name())),
                Known.later(email, Known.from(recorded, profile == null ? null : profile.email())),
                Known.later(phone, Known.from(recorded, phoneIn(event))),
                Known.later(textsAllowed, Known.from(recorded, consentIn(event))),
                appointmentsAfter(event),
                Known.later(score, event instanceof LeadEvent.Scored scored ? Known.from(recorded, scored) : null),
                linkedAfter(event),
                firstContact == null || recorded.time().isBefore(firstContact) ? recorded.time() : firstContact,
                lastActivity == null || recorded.time().isAfter(lastActivity) ? recorded.time() : lastActivity,
                isAboutQuestions(event) ? questions.with(recorded, QUESTIONS_CAPACITY) : questions,
                window.with(recorded));
    }

    static boolean isAboutQuestions(ChannelEvent event) {
        return event instanceof CallEvent.QuestionsAsked || event instanceof CallEvent.QuestionsAnswered;
    }

    private static @Nullable String phoneIn(ChannelEvent event) {
        String party =
                switch (event) {
                    case SmsEvent.Received sms -> sms.from();
                    case CallEvent.Started call ->
                        call.direction() == CallEvent.Direction.INBOUND ? call.from() : call.to();
                    case LeadEvent.ProfileChanged profile -> profile.phone();
                    default -> null;
                };
        return party != null && party.startsWith("+") ? party : null;
    }

    private static @Nullable Boolean consentIn(ChannelEvent event) {
        return switch (event) {
            case SmsEvent.OptedOut out -> false;
            case SmsEvent.OptedIn in -> true;
            default -> null;
        };
    }

    private SortedMap<String, Appointment> appointmentsAfter(ChannelEvent event) {
        if (!(event instanceof AppointmentEvent change)) {
            return appointments;
        }
        Appointment changed = change.appointment();
        SortedMap<String, Appointment> after = new TreeMap<>(appointments);
        after.merge(changed.id(), changed, (had, came) -> came.version() > had.version() ? came : had);
        return after;
    }

    private SortedSet<UUID> linkedAfter(ChannelEvent event) {
        if (!(event instanceof LeadEvent.Linked link)) {
            return linked;
        }
        SortedSet<UUID> after = new TreeSet<>(linked);
        after.add(link.linkedLeadId());
        return after;
    }

    /** This context as if these events had never been in its window; registers stay. For words an agent is given otherwise. */
    public LeadContext hiding(Set<UUID> eventIds) {
        List<RecordedEvent> shown = window.events().stream()
                .filter(event -> !eventIds.contains(event.id()))
                .toList();
        return new LeadContext(
                tenantId,
                leadId,
                name,
                email,
                phone,
                textsAllowed,
                appointments,
                score,
                linked,
                firstContact,
                lastActivity,
                questions,
                new EventWindow(shown, window.horizon()));
    }

    /** What the lead was to be asked on outbound calls, with the answer under each question; the oldest call first. */
    public List<Questionnaire> questionnaires() {
        return Questionnaire.of(questions.events());
    }

    /** The appointments that are neither cancelled nor over at {@code now}, by id. */
    public Map<String, Appointment> upcoming(Instant now) {
        SortedMap<String, Appointment> upcoming = new TreeMap<>(appointments);
        upcoming.values()
                .removeIf(a -> "cancelled".equals(a.status()) || a.end().isBefore(now));
        return upcoming;
    }
}

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
import java.util.Objects;
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
 * @param links by the other lead, whether it was last said to be the same person (true) or not any more (false)
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
        SortedMap<UUID, Known<Boolean>> links,
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
                new TreeMap<>(),
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
                linksAfter(recorded),
                earlier(firstContact, recorded.time()),
                later(lastActivity, recorded.time()),
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

    private SortedMap<UUID, Known<Boolean>> linksAfter(RecordedEvent recorded) {
        return switch (recorded.event()) {
            case LeadEvent.Linked link ->
                linksWith(link.linkedLeadId(), new Known<>(true, recorded.time(), recorded.id()));
            case LeadEvent.Unlinked link ->
                linksWith(link.linkedLeadId(), new Known<>(false, recorded.time(), recorded.id()));
            default -> links;
        };
    }

    private SortedMap<UUID, Known<Boolean>> linksWith(UUID other, Known<Boolean> said) {
        SortedMap<UUID, Known<Boolean>> after = new TreeMap<>(links);
        after.merge(other, said, (had, came) -> Objects.requireNonNull(Known.later(had, came)));
        return after;
    }

    /** The leads that are the same person. */
    public SortedSet<UUID> linked() {
        SortedSet<UUID> linked = new TreeSet<>();
        links.forEach((lead, said) -> {
            if (said.value()) {
                linked.add(lead);
            }
        });
        return linked;
    }

    /**
     * What is known of the person when other leads are the same one: their words and facts beside this lead's, under this lead's id. Of
     * two facts the later holds; the score stays this lead's own. For reading only: another event of a lead belongs into its own context.
     */
    public LeadContext joinedWith(Collection<LeadContext> others) {
        LeadContext joined = this;
        for (LeadContext other : others) {
            joined = joined.joinedWith(other);
        }
        return joined;
    }

    private LeadContext joinedWith(LeadContext other) {
        SortedMap<String, Appointment> all = new TreeMap<>(appointments);
        other.appointments.forEach(
                (id, theirs) -> all.merge(id, theirs, (had, came) -> came.version() > had.version() ? came : had));
        return new LeadContext(
                tenantId,
                leadId,
                Known.later(name, other.name),
                Known.later(email, other.email),
                Known.later(phone, other.phone),
                Known.later(textsAllowed, other.textsAllowed),
                all,
                score,
                links,
                earlier(firstContact, other.firstContact),
                later(lastActivity, other.lastActivity),
                questions.joinedWith(other.questions, leadId, QUESTIONS_CAPACITY),
                window.joinedWith(other.window, leadId, EventWindow.CAPACITY));
    }

    private static @Nullable Instant earlier(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isBefore(one) ? other : one;
    }

    private static @Nullable Instant later(@Nullable Instant one, @Nullable Instant other) {
        return one == null || other != null && other.isAfter(one) ? other : one;
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
                links,
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

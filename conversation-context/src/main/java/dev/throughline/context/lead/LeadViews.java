package dev.throughline.context.lead;

import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.Channel;
import dev.throughline.events.LeadEvent.Factor;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.Known;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.Questionnaire;
import dev.throughline.events.context.TimelineEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The JSON operators read. Members that are null are left out. */
public final class LeadViews {

    private LeadViews() {}

    /**
     * A lead on the board.
     *
     * @param onThePhone a call is going on
     * @param waitingSince since when a text or chat message of the customer waits for an answer; null when none does
     */
    public record Lead(
            UUID leadId,
            @Nullable String name,
            @Nullable String phone,
            Instant lastActivity,
            @Nullable Channel lastChannel,
            @Nullable Speaker lastSpeaker,
            @Nullable String lastText,
            @Nullable Integer score,
            boolean onThePhone,
            @Nullable Instant waitingSince) {

        /** How a summary reads at {@code now}. */
        public static Lead of(LeadSummary summary, Instant now) {
            return new Lead(
                    summary.leadId(),
                    summary.name(),
                    summary.phone(),
                    summary.lastActivity(),
                    summary.lastChannel(),
                    summary.lastSpeaker(),
                    summary.lastText(),
                    summary.score(),
                    summary.onThePhone(now),
                    summary.waitingSince());
        }
    }

    /**
     * One page of the board.
     *
     * @param nextCursor for {@code ?cursor=}; null on the last page
     */
    record Leads(List<Lead> leads, @Nullable String nextCursor) {}

    /** A score with what it is made of. */
    record Score(int score, List<Factor> factors, Instant since) {

        static @Nullable Score of(LeadContext context) {
            Known<dev.throughline.events.LeadEvent.Scored> known = context.score();
            return known == null
                    ? null
                    : new Score(known.value().score(), known.value().factors(), known.since());
        }
    }

    /**
     * One lead.
     *
     * @param textsAllowed null when the lead never said
     * @param appointments by start, cancelled ones too
     * @param questionnaires what outbound calls were made to ask, the oldest call first, with the answers
     * @param lastEventId for {@code Last-Event-ID}: the stream of this lead continues after what is told here
     */
    record LeadDetails(
            Lead lead,
            @Nullable String email,
            @Nullable Boolean textsAllowed,
            @Nullable Instant firstContact,
            List<Appointment> appointments,
            List<Questionnaire> questionnaires,
            @Nullable Score score,
            SortedSet<UUID> linked,
            String timeZone,
            long lastEventId) {}

    /**
     * A stretch of a timeline, oldest first.
     *
     * @param nextCursor for {@code ?before=}, the older entries; null when there are none
     * @param lastEventId for {@code Last-Event-ID}: everything up to it is in this answer
     */
    record TimelineSlice(
            List<TimelineEntry> entries, @Nullable String nextCursor, long lastEventId) {}

    /**
     * What was known at an instant.
     *
     * @param promptContext the text an agent's prompt would have got then; empty when nothing was known
     */
    record ContextAt(
            UUID leadId,
            Instant at,
            String promptContext,
            @Nullable String name,
            @Nullable String email,
            @Nullable String phone,
            @Nullable Boolean textsAllowed,
            List<Appointment> appointments,
            List<Questionnaire> questionnaires,
            @Nullable Score score,
            @Nullable Instant firstContact,
            @Nullable Instant lastActivity) {}

    static List<Appointment> appointments(LeadContext context) {
        return context.appointments().values().stream()
                .sorted(Comparator.comparing(Appointment::start).thenComparing(Appointment::id))
                .toList();
    }

    static <T> @Nullable T value(@Nullable Known<T> known) {
        return known == null ? null : known.value();
    }
}

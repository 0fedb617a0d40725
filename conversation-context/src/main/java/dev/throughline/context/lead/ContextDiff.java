package dev.throughline.context.lead;

import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.context.Known;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import dev.throughline.events.context.TimelineEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What became known of a lead between two instants.
 *
 * @param changes facts that are others now
 * @param entries what happened in between, oldest first, at most {@link #MOST_ENTRIES}
 * @param told lines of an agent's prompt that are new
 * @param forgotten lines of an agent's prompt that are gone: no longer true, or no room for them
 */
record ContextDiff(
        UUID leadId,
        Instant from,
        Instant to,
        List<Change> changes,
        List<TimelineEntry> entries,
        List<String> told,
        List<String> forgotten) {

    static final int MOST_ENTRIES = 500;

    /**
     * One fact.
     *
     * @param what name, email, phone, textsAllowed, score, or {@code appointment } and its id
     * @param before null when nothing was known
     * @param after null when nothing is known any more
     */
    record Change(
            String what, @Nullable Object before, @Nullable Object after) {}

    /** Compares two contexts of one lead. Pure. */
    static ContextDiff of(
            LeadContext before, Instant from, LeadContext after, Instant to, List<TimelineEntry> entries, ZoneId zone) {
        List<String> had = lines(before, from, zone);
        List<String> has = lines(after, to, zone);
        return new ContextDiff(
                after.leadId(),
                from,
                to,
                changes(before, after),
                entries,
                has.stream().filter(line -> !had.contains(line)).toList(),
                had.stream().filter(line -> !has.contains(line)).toList());
    }

    private static List<String> lines(LeadContext context, Instant at, ZoneId zone) {
        return PromptContext.of(context, zone, at, PromptContext.DEFAULT_LIMIT)
                .lines()
                .filter(line -> !line.isBlank())
                .toList();
    }

    private static List<Change> changes(LeadContext before, LeadContext after) {
        List<Change> changes = new ArrayList<>();
        add(changes, "name", value(before.name()), value(after.name()));
        add(changes, "email", value(before.email()), value(after.email()));
        add(changes, "phone", value(before.phone()), value(after.phone()));
        add(changes, "textsAllowed", value(before.textsAllowed()), value(after.textsAllowed()));
        add(changes, "score", score(before), score(after));
        SortedSet<String> ids = new TreeSet<>(before.appointments().keySet());
        ids.addAll(after.appointments().keySet());
        for (String id : ids) {
            @Nullable Appointment had = before.appointments().get(id);
            @Nullable Appointment has = after.appointments().get(id);
            add(changes, "appointment " + id, had, has);
        }
        return changes;
    }

    private static void add(List<Change> changes, String what, @Nullable Object before, @Nullable Object after) {
        if (!Objects.equals(before, after)) {
            changes.add(new Change(what, before, after));
        }
    }

    private static @Nullable Object value(@Nullable Known<?> known) {
        return known == null ? null : known.value();
    }

    private static @Nullable Integer score(LeadContext context) {
        return context.score() == null ? null : context.score().value().score();
    }
}

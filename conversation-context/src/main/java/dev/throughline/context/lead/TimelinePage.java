package dev.throughline.context.lead;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.context.Timeline;
import dev.throughline.events.context.TimelineEntry;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a lead's timeline, cut from the newest events. Pure.
 *
 * @param entries oldest first
 * @param complete false: more events must be read before this page can be told for sure
 * @param more whether there are older entries
 */
record TimelinePage(List<TimelineEntry> entries, boolean complete, boolean more) {

    private static final Comparator<TimelineEntry> ORDER =
            Comparator.comparing(TimelineEntry::time).thenComparing(TimelineEntry::id);

    /**
     * The page before a cursor.
     *
     * <p>What changes an entry (the final transcript of its conversation, the delivery of its text) never has an earlier time
     * than it, so entries younger than the oldest event read are final; older ones wait for more events.
     *
     * @param newest the newest events of the lead by time, in any order
     * @param all whether these are all there are
     * @param before entries at or after it are left out; null for the newest page
     */
    static TimelinePage of(List<RecordedEvent> newest, boolean all, @Nullable LeadCursor before, int limit) {
        @Nullable Instant horizon = all
                ? null
                : newest.stream()
                        .map(RecordedEvent::time)
                        .min(Instant::compareTo)
                        .orElse(null);
        List<TimelineEntry> sure = Timeline.of(newest).stream()
                .filter(entry -> horizon == null || entry.time().isAfter(horizon))
                .filter(entry -> before == null || isBefore(entry, before))
                .sorted(ORDER)
                .toList();
        int from = Math.max(0, sure.size() - limit);
        return new TimelinePage(sure.subList(from, sure.size()), all || sure.size() > limit, from > 0 || !all);
    }

    private static boolean isBefore(TimelineEntry entry, LeadCursor cursor) {
        int byTime = entry.time().compareTo(cursor.time());
        return byTime < 0 || byTime == 0 && entry.id().compareTo(cursor.id()) < 0;
    }
}

package dev.throughline.tools.availability;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * When a business is open around some days, and the starts of those days.
 *
 * @param first first day of which an opening or a shift can matter: the one before the days asked for, whose night reaches into them
 * @param last last day on which a visit that begins in the days asked for can end, and one more
 * @param open all openings without the closures
 * @param starts where a visit may begin if everybody is free, in epoch seconds, in order
 */
record Openings(LocalDate first, LocalDate last, Spans open, long[] starts) {

    /** The openings around the days from {@code from} to {@code to}, both inclusive. */
    static Openings of(Calendar calendar, SlotRequest request, LocalDate from, LocalDate to) {
        ZoneId zone = calendar.zone();
        LocalDate first = from.minusDays(1);
        LocalDate last = to.plusDays(request.longest().toDays() + 2);
        Instant begin = from.atStartOfDay(zone).toInstant();
        Instant end = to.plusDays(1).atStartOfDay(zone).toInstant();
        Instant soonest = request.earliest(LocalDate.ofInstant(request.now(), zone), zone);
        List<TimeSpan> spans = new ArrayList<>();
        TreeSet<Long> starts = new TreeSet<>();
        for (LocalDate day = first; !day.isAfter(last); day = day.plusDays(1)) {
            for (OpenSpan hours : calendar.hours().on(day.getDayOfWeek())) {
                TimeSpan opening = TimeSpan.of(day, hours, zone);
                spans.add(opening);
                if (!day.isAfter(to)) {
                    addStarts(opening, request.rules().grid().toSeconds(), latest(begin, soonest), end, starts);
                }
            }
        }
        return new Openings(
                first,
                last,
                Spans.union(spans).minus(Spans.union(calendar.closures())),
                starts.stream().mapToLong(Long::longValue).toArray());
    }

    /** Whether a visit may begin then if everybody is free. */
    boolean isStart(long second) {
        return Arrays.binarySearch(starts, second) >= 0;
    }

    private static void addStarts(TimeSpan opening, long grid, Instant from, Instant before, TreeSet<Long> starts) {
        long opens = opening.from().getEpochSecond();
        long skipped = Math.max(0, from.getEpochSecond() - opens) / grid;
        for (long at = opens + skipped * grid; at < opening.to().getEpochSecond(); at += grid) {
            Instant start = Instant.ofEpochSecond(at);
            if (!start.isBefore(from) && start.isBefore(before)) {
                starts.add(at);
            }
        }
    }

    private static Instant latest(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }
}

package dev.throughline.events.tenant;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Time in which a business is closed whatever its hours say: a holiday, an afternoon off. Wall clock in the tenant's zone.
 *
 * @param name for people, for example {@code Christmas}; null when it needs none
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param yearly whether it comes again every year on the same dates
 */
public record Closure(UUID id, @Nullable String name, LocalDateTime from, LocalDateTime to, boolean yearly) {

    public Closure {
        if (!from.isBefore(to)) {
            throw new IllegalArgumentException("a closure ends after it begins: " + from + " to " + to);
        }
    }

    /**
     * One time a closure is in force.
     *
     * @param from inclusive
     * @param to exclusive
     */
    public record Occurrence(LocalDateTime from, LocalDateTime to) {}

    /** The occurrences that touch some days; a yearly one on the 29th of February is on the 28th in other years. */
    public List<Occurrence> within(LocalDate first, LocalDate last) {
        if (!yearly) {
            return touches(from, to, first, last) ? List.of(new Occurrence(from, to)) : List.of();
        }
        List<Occurrence> found = new ArrayList<>();
        int lasts = to.getYear() - from.getYear();
        for (int year = first.getYear() - lasts; year <= last.getYear(); year++) {
            LocalDateTime begins = from.plusYears(year - from.getYear());
            LocalDateTime ends = to.plusYears(year - from.getYear());
            if (touches(begins, ends, first, last)) {
                found.add(new Occurrence(begins, ends));
            }
        }
        return found;
    }

    /** Whether the business is closed by it at a wall-clock time. */
    public boolean covers(LocalDateTime time) {
        return within(time.toLocalDate(), time.toLocalDate()).stream()
                .anyMatch(one -> !time.isBefore(one.from()) && time.isBefore(one.to()));
    }

    private static boolean touches(LocalDateTime from, LocalDateTime to, LocalDate first, LocalDate last) {
        return from.isBefore(last.plusDays(1).atStartOfDay()) && to.isAfter(first.atStartOfDay());
    }
}

package dev.throughline.tools.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a calendar.
 *
 * @param items the services of the visit in the order they are done, never empty
 * @param from first day, inclusive, in the business's zone
 * @param to last day, inclusive
 * @param now the present: nothing before it is offered
 * @param rules notice, horizon, grid and gap
 */
public record SlotRequest(List<Item> items, LocalDate from, LocalDate to, Instant now, Rules rules) {

    public SlotRequest {
        items = List.copyOf(items);
        if (items.isEmpty()) {
            throw new IllegalArgumentException("a visit has a service");
        }
    }

    /** A visit with one service. */
    public SlotRequest(Need need, LocalDate from, LocalDate to, @Nullable UUID workerId, Instant now, Rules rules) {
        this(List.of(new Item(need, workerId)), from, to, now, rules);
    }

    /**
     * One service of a visit.
     *
     * @param workerId only this staff member; null = anybody who does the service
     */
    public record Item(Need need, @Nullable UUID workerId) {

        /** Whether this person will do. */
        public boolean takes(Calendar.Worker worker) {
            return (workerId == null || workerId.equals(worker.id())) && worker.does(need.serviceId());
        }
    }

    /**
     * The time a service takes.
     *
     * @param duration of the service itself, add-ons included, positive
     * @param before blocked before it, zero or more
     * @param after blocked after it, zero or more
     */
    public record Need(UUID serviceId, Duration duration, Duration before, Duration after) {

        public Need {
            if (!duration.isPositive() || before.isNegative() || after.isNegative()) {
                throw new IllegalArgumentException("a visit takes time and its buffers are not negative");
            }
        }
    }

    /**
     * Rules of the book.
     *
     * @param notice shortest time from now to a start
     * @param noticeDays how many days ahead a visit is at the least, counted in the business's days; 0 = today
     * @param horizonDays how many days ahead can be booked, counted in the business's days
     * @param grid distance of possible starts, counted from each opening, positive
     * @param gap the longest wait between two services of one visit
     */
    public record Rules(Duration notice, int noticeDays, int horizonDays, Duration grid, Duration gap) {

        public Rules {
            if (!grid.isPositive() || notice.isNegative() || gap.isNegative()) {
                throw new IllegalArgumentException("the grid is positive, the notice and the gap are not negative");
            }
        }

        /** Rules that ask for no days of notice and allow no wait. */
        public Rules(Duration notice, int horizonDays, Duration grid) {
            this(notice, 0, horizonDays, grid, Duration.ZERO);
        }
    }

    /** The same wish for other days. */
    public SlotRequest on(LocalDate first, LocalDate last) {
        return new SlotRequest(items, first, last, now, rules);
    }

    /** The longest the visit can take, waits included. */
    Duration longest() {
        return items.stream()
                .map(item -> item.need().duration())
                .reduce(rules.gap().multipliedBy(items.size() - 1L), Duration::plus);
    }

    /** The first instant that is neither past nor within the notice. */
    public Instant earliest(LocalDate today, ZoneId zone) {
        Instant soonest = now.plus(rules.notice());
        Instant day = today.plusDays(rules.noticeDays()).atStartOfDay(zone).toInstant();
        return day.isAfter(soonest) ? day : soonest;
    }
}

package dev.throughline.tools.availability;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is wanted of a calendar.
 *
 * @param need the service's time
 * @param from first day, inclusive, in the business's zone
 * @param to last day, inclusive
 * @param workerId only this staff member; null = anybody who does the service
 * @param now the present: nothing before it is offered
 * @param rules notice, horizon and grid
 */
public record SlotRequest(
        Need need, LocalDate from, LocalDate to, @Nullable UUID workerId, Instant now, Rules rules) {

    /**
     * The time a service takes.
     *
     * @param duration of the visit itself, positive
     * @param before blocked before the visit, zero or more
     * @param after blocked after the visit, zero or more
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
     * @param horizonDays how many days ahead can be booked, counted in the business's days
     * @param grid distance of possible starts, counted from each opening, positive
     */
    public record Rules(Duration notice, int horizonDays, Duration grid) {

        public Rules {
            if (!grid.isPositive() || notice.isNegative()) {
                throw new IllegalArgumentException("the grid is positive and the notice is not negative");
            }
        }
    }

    /** The same wish for other days. */
    public SlotRequest on(LocalDate first, LocalDate last) {
        return new SlotRequest(need, first, last, workerId, now, rules);
    }
}

package dev.throughline.tools.availability;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that decides when appointments can be: opening hours, people and what already blocks them.
 *
 * @param zone the business's zone
 * @param hours opening hours of the business
 * @param workers the staff, in the order they are preferred when all else is equal
 * @param bookings what blocks staff in the days asked for; other days may be missing
 */
public record Calendar(ZoneId zone, WorkingWeek hours, List<Worker> workers, List<Booking> bookings) {

    public Calendar {
        workers = List.copyOf(workers);
        bookings = List.copyOf(bookings);
    }

    /**
     * A staff member.
     *
     * @param skills services this person does; empty = all
     * @param week own working hours; empty = whenever the business is open
     */
    public record Worker(UUID id, String name, Optional<Set<UUID>> skills, Optional<WorkingWeek> week) {

        /** Whether this person does the service. */
        public boolean does(UUID serviceId) {
            return skills.map(able -> able.contains(serviceId)).orElse(true);
        }
    }

    /**
     * A staff member's blocked time.
     *
     * @param blocked the visit with its buffers
     */
    public record Booking(UUID workerId, TimeSpan blocked) {}
}

package dev.throughline.tools.availability;

import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * All that decides when visits can be: opening hours, closures, people, chairs and what already blocks them.
 *
 * @param zone the business's zone
 * @param hours opening hours of the business
 * @param closures real time in which the business is closed whatever its hours say
 * @param workers the staff, in the order they are preferred when all else is equal
 * @param chairs chairs and rooms, in the order they are filled
 * @param bookings what blocks people and chairs in the days asked for; other days may be missing
 */
public record Calendar(
        ZoneId zone,
        WorkingWeek hours,
        List<TimeSpan> closures,
        List<Worker> workers,
        List<Chair> chairs,
        List<Booking> bookings) {

    public Calendar {
        closures = List.copyOf(closures);
        workers = List.copyOf(workers);
        chairs = List.copyOf(chairs);
        bookings = List.copyOf(bookings);
    }

    /**
     * A staff member.
     *
     * @param skills services this person does; empty = all
     * @param week own working hours; empty = whenever the business is open
     * @param breaks within the shift of the same weekday; one that begins before the shift does is after midnight
     * @param timeOff real time in which the person is away
     */
    public record Worker(
            UUID id,
            String name,
            Optional<Set<UUID>> skills,
            Optional<WorkingWeek> week,
            WorkingWeek breaks,
            List<TimeSpan> timeOff) {

        public Worker {
            timeOff = List.copyOf(timeOff);
        }

        /** Somebody without breaks and never away. */
        public Worker(UUID id, String name, Optional<Set<UUID>> skills, Optional<WorkingWeek> week) {
            this(id, name, skills, week, WorkingWeek.NONE, List.of());
        }

        /** Whether this person does the service. */
        public boolean does(UUID serviceId) {
            return skills.map(able -> able.contains(serviceId)).orElse(true);
        }

        /** The same person as if they were always there. */
        Worker alwaysThere() {
            return new Worker(id, name, skills, Optional.empty());
        }
    }

    /**
     * A chair, a room or whatever else a visit occupies.
     *
     * @param services what it is for; empty = everything
     */
    public record Chair(UUID id, String name, Optional<Set<UUID>> services) {

        /** Whether the service can be done in it. */
        public boolean isFor(UUID serviceId) {
            return services.map(able -> able.contains(serviceId)).orElse(true);
        }
    }

    /**
     * Blocked time of a person or a chair.
     *
     * @param resourceId of the worker or the chair
     * @param blocked the visit with its buffers
     */
    public record Booking(UUID resourceId, TimeSpan blocked) {}

    /** The same business with an empty book. */
    public Calendar withoutBookings() {
        return new Calendar(zone, hours, closures, workers, chairs, List.of());
    }

    /** The same business with an empty book and everybody there whenever it is open. */
    public Calendar withEverybody() {
        return new Calendar(
                zone, hours, closures, workers.stream().map(Worker::alwaysThere).toList(), chairs, List.of());
    }
}

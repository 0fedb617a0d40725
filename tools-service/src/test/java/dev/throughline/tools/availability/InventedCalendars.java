package dev.throughline.tools.availability;

import dev.throughline.tools.availability.Calendar.Booking;
import dev.throughline.tools.availability.Calendar.Chair;
import dev.throughline.tools.availability.Calendar.Worker;
import dev.throughline.tools.availability.SlotRequest.Item;
import dev.throughline.tools.availability.SlotRequest.Need;
import dev.throughline.tools.availability.SlotRequest.Rules;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;

/** Calendars around days on which clocks change somewhere. Every time is a multiple of five minutes. */
final class InventedCalendars {

    private static final List<String> ZONES = List.of(
            "America/New_York", "Europe/London", "Australia/Sydney", "Australia/Lord_Howe", "Asia/Kolkata", "UTC");
    private static final List<LocalDate> DAYS = List.of(
            LocalDate.parse("2026-03-08"),
            LocalDate.parse("2026-03-29"),
            LocalDate.parse("2026-04-05"),
            LocalDate.parse("2026-10-04"),
            LocalDate.parse("2026-10-25"),
            LocalDate.parse("2026-11-01"),
            LocalDate.parse("2026-11-24"));

    private InventedCalendars() {}

    record Case(Calendar calendar, SlotRequest request) {}

    static Case invent(Random random) {
        ZoneId zone = ZoneId.of(ZONES.get(random.nextInt(ZONES.size())));
        LocalDate day = DAYS.get(random.nextInt(DAYS.size()));
        Instant midnight = day.atStartOfDay(zone).toInstant();
        List<Worker> workers = new ArrayList<>();
        List<Chair> chairs = new ArrayList<>();
        List<Booking> bookings = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(3); i++) {
            workers.add(worker(random, i, midnight));
            addBookings(random, new UUID(1, i), midnight, bookings);
        }
        for (int i = 0; i < random.nextInt(3); i++) {
            Optional<Set<UUID>> services =
                    random.nextBoolean() ? Optional.empty() : Optional.of(Set.of(service(random.nextInt(3))));
            chairs.add(new Chair(new UUID(2, i), "Chair " + i, services));
            addBookings(random, new UUID(2, i), midnight, bookings);
        }
        List<TimeSpan> closures = random.nextInt(3) == 0 ? List.of(stretch(random, midnight, 60)) : List.<TimeSpan>of();
        Calendar calendar = new Calendar(zone, week(random), closures, workers, chairs, bookings);
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < (random.nextInt(3) == 0 ? 2 : 1); i++) {
            items.add(new Item(need(random, i), random.nextInt(5) == 0 ? new UUID(1, 0) : null));
        }
        Rules rules = new Rules(
                Duration.ofMinutes(random.nextInt(300)),
                random.nextInt(2),
                90,
                Duration.ofMinutes(List.of(15, 30, 60).get(random.nextInt(3))),
                Duration.ofMinutes(5L * random.nextInt(7)));
        Instant now = midnight.minus(Duration.ofHours(12)).plus(Duration.ofMinutes(random.nextInt(1440)));
        return new Case(calendar, new SlotRequest(items, day, day.plusDays(random.nextInt(2)), now, rules));
    }

    private static UUID service(int number) {
        return new UUID(7, number);
    }

    private static Worker worker(Random random, int number, Instant midnight) {
        Optional<Set<UUID>> skills = random.nextInt(4) == 0
                ? Optional.of(random.nextBoolean() ? Set.of() : Set.of(service(random.nextInt(2))))
                : Optional.empty();
        Optional<WorkingWeek> own = random.nextBoolean() ? Optional.of(week(random)) : Optional.empty();
        WorkingWeek breaks = own.filter(week -> random.nextBoolean())
                .map(week -> breaks(random, week))
                .orElse(WorkingWeek.NONE);
        List<TimeSpan> away = random.nextInt(4) == 0 ? List.of(stretch(random, midnight, 60)) : List.<TimeSpan>of();
        return new Worker(new UUID(1, number), "Worker " + number, skills, own, breaks, away);
    }

    private static void addBookings(Random random, UUID resource, Instant midnight, List<Booking> bookings) {
        for (int j = 0; j < random.nextInt(4); j++) {
            bookings.add(new Booking(resource, stretch(random, midnight, 30)));
        }
    }

    private static TimeSpan stretch(Random random, Instant midnight, int mostSteps) {
        Instant from = midnight.plus(Duration.ofMinutes(5L * random.nextInt(330)));
        return new TimeSpan(from, from.plus(Duration.ofMinutes(5L * (1 + random.nextInt(mostSteps)))));
    }

    private static Need need(Random random, int number) {
        return new Need(
                service(number),
                Duration.ofMinutes(5L * (1 + random.nextInt(36))),
                Duration.ofMinutes(5L * random.nextInt(4)),
                Duration.ofMinutes(5L * random.nextInt(4)));
    }

    private static WorkingWeek week(Random random) {
        Map<DayOfWeek, List<OpenSpan>> days = new EnumMap<>(DayOfWeek.class);
        for (DayOfWeek day : DayOfWeek.values()) {
            if (random.nextInt(5) > 0) {
                LocalTime from = LocalTime.of(random.nextInt(24), 30 * random.nextInt(2));
                days.put(day, List.of(new OpenSpan(from, from.plusMinutes(30L * (1 + random.nextInt(26))))));
            }
        }
        return new WorkingWeek(days);
    }

    private static WorkingWeek breaks(Random random, WorkingWeek week) {
        Map<DayOfWeek, List<OpenSpan>> days = new EnumMap<>(DayOfWeek.class);
        week.days().forEach((day, spans) -> {
            LocalTime from = spans.getFirst().from().plusMinutes(30L * random.nextInt(4));
            days.put(day, List.of(new OpenSpan(from, from.plusMinutes(15))));
        });
        return new WorkingWeek(days);
    }
}

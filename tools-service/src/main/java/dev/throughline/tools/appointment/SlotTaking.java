package dev.throughline.tools.appointment;

import dev.throughline.tools.appointment.Appointment.Status;
import dev.throughline.tools.availability.Calendar;
import dev.throughline.tools.availability.Slot;
import dev.throughline.tools.availability.SlotEngine;
import dev.throughline.tools.availability.SlotRequest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds a slot for a wish and has it written, in the caller's transaction. */
@Singleton
public class SlotTaking {

    /** Once per person who could lose the race for a start, and a few for good measure. */
    private static final int MAX_RACES = 10;

    private final Calendars calendars;
    private final BookingConfig config;
    private final Clock clock;

    SlotTaking(Calendars calendars, BookingConfig config, Clock clock) {
        this.calendars = calendars;
        this.config = config;
        this.clock = clock;
    }

    /** A request of now for the services of a wish, by their rules and this installation's. */
    public SlotRequest request(List<Wish.Part> parts, LocalDate from, LocalDate to) {
        return new SlotRequest(
                parts.stream()
                        .map(part -> new SlotRequest.Item(part.need(), part.staffId()))
                        .toList(),
                from,
                to,
                clock.instant(),
                config.rules(parts.stream().map(Wish.Part::rules).toList()));
    }

    /**
     * Takes the first slot of the wish that can be had; looks again when somebody was faster. Only for a refusal, which names what comes
     * nearest, are more days read than the one wished for.
     *
     * @param standing what is changed or given up for it
     * @param attempt writes the slot; empty when it was lost to somebody
     */
    Uni<Outcome> take(SqlClient tx, Wish wish, Standing standing, Function<Slot, Uni<Optional<Outcome.Done>>> attempt) {
        return choose(tx, wish, standing, MAX_RACES, attempt);
    }

    private Uni<Outcome> choose(
            SqlClient tx,
            Wish wish,
            Standing standing,
            int races,
            Function<Slot, Uni<Optional<Outcome.Done>>> attempt) {
        Instant start = wish.starts().getFirst();
        LocalDate wished = LocalDate.ofInstant(start, wish.tenant().zone());
        LocalDate today = LocalDate.ofInstant(clock.instant(), wish.tenant().zone());
        // A wish for the past is answered with what comes next.
        LocalDate day = wished.isBefore(today) ? today : wished;
        SlotRequest request = request(wish.parts(), day, day.plusDays(config.searchDays()));
        return calendar(tx, wish, day, day, standing)
                .map(calendar -> meant(wish, calendar, request, standing.changed()))
                .chain(slots -> {
                    if (slots.size() > 1) {
                        return Uni.createFrom().item(new Outcome.Refused(Outcome.Reason.TIME_UNCLEAR, slots));
                    }
                    if (slots.isEmpty() || races == 0) {
                        return calendar(tx, wish, day, request.to(), standing)
                                .map(calendar -> Refusals.of(start, calendar, request, config.options()));
                    }
                    return attempt.apply(slots.getFirst())
                            .chain(done -> done.isPresent()
                                    ? Uni.createFrom().item((Outcome) done.get())
                                    : choose(tx, wish, standing, races - 1, attempt));
                });
    }

    private Uni<Calendar> calendar(SqlClient tx, Wish wish, LocalDate from, LocalDate to, Standing standing) {
        return calendars.read(tx, wish.tenant(), wish.offering(), from.minusDays(1), to, standing.ids());
    }

    /**
     * The slots that may be meant: one of each time of day that was said and can be had, by the same staff if they are free. A time that
     * comes twice, because the clocks go back, is meant the first time; a time that is being held is meant.
     */
    private static List<Slot> meant(Wish wish, Calendar calendar, SlotRequest request, @Nullable Appointment changed) {
        Comparator<Slot> sameStaffFirst =
                Comparator.comparing(slot -> changed == null || !slot.workerId().equals(changed.staffId()));
        Map<LocalDateTime, Slot> found = new LinkedHashMap<>();
        for (Instant start : wish.starts()) {
            SlotEngine.at(start, calendar, request).stream()
                    .min(sameStaffFirst)
                    .ifPresent(slot -> found.putIfAbsent(LocalDateTime.ofInstant(start, calendar.zone()), slot));
        }
        return found.values().stream()
                .filter(slot -> changed != null
                        && changed.status() == Status.HELD
                        && slot.start().equals(changed.start()))
                .findFirst()
                .map(List::of)
                .orElseGet(() -> List.copyOf(found.values()));
    }
}

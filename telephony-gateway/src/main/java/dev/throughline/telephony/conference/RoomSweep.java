package dev.throughline.telephony.conference;

import dev.throughline.telephony.call.Sweeps;
import dev.throughline.telephony.conference.RoomRepository.Leg;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * Looks at rooms of which nobody reports: a phone that was never picked up, an end that was asked for in vain, somebody alone, reports
 * that came while the database was away. Each open room has its turn; one that cannot be looked at holds up no other.
 */
@ApplicationScoped
class RoomSweep {

    private static final Logger LOG = Logger.getLogger(RoomSweep.class);
    private static final String ONE = "a conference";
    private static final int AT_ONCE = 50;

    /** Fewer, because each may be a question to Twilio, and the next round waits for them. */
    private static final int LOOKS_AT_ONCE = 10;

    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(20);

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final RoomCensus census;
    private final ConferenceConfig config;

    RoomSweep(Rooms rooms, RoomTasks tasks, RoomCensus census, ConferenceConfig config) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.census = census;
        this.config = config;
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return Sweeps.each(ONE, rooms.absent(AT_ONCE), this::didNotCome)
                .chain(() -> Sweeps.each(ONE, Uni.createFrom().item(rooms::doubted), this::ask))
                .chain(() ->
                        Sweeps.each(ONE, rooms.toLookAt(rooms.now().plus(BETWEEN_LOOKS), LOOKS_AT_ONCE), this::lookAt))
                .onFailure()
                .invoke(failure -> LOG.debugf("conferences were not looked at: %s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> didNotCome(Leg leg) {
        return tasks.legEnded(leg.room(), "", leg.callSid(), "call-ended");
    }

    private Uni<Void> ask(String name) {
        return rooms.find(name).onFailure().invoke(() -> rooms.doubt(name)).chain(found -> found.filter(Room::open)
                .map(room -> census.take(room).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> lookAt(String name) {
        return rooms.find(name)
                .chain(found -> found.isPresent() && RoomWatch.doubtful(found.get(), rooms.now(), config.alone())
                        ? census.take(found.get())
                        : Uni.createFrom().item(found))
                .chain(found -> found.map(room -> tasks.run(room, RoomWatch.overdue(room, rooms.now(), config.alone())))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }
}

package dev.throughline.telephony.handover;

import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.Sweeps;
import dev.throughline.telephony.conference.ConferenceConfig;
import dev.throughline.telephony.conference.Room;
import dev.throughline.telephony.conference.RoomCensus;
import dev.throughline.telephony.conference.RoomListener;
import dev.throughline.telephony.conference.RoomReport;
import dev.throughline.telephony.conference.Rooms;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Hears of hand-overs what their own webhooks do not say: from their room, from the caller's call, and from nobody at all. */
@Singleton
public final class HandOverSweep implements RoomListener {

    private static final Logger LOG = Logger.getLogger(HandOverSweep.class);
    private static final int AT_ONCE = 500;

    /** Twilio's ReasonParticipantLeft of somebody who hung up. */
    private static final String HUNG_UP = "participant_hung_up";

    private final Pool pool;
    private final HandOverRepository repository;
    private final HandOvers handOvers;
    private final Rooms rooms;
    private final RoomCensus census;
    private final HandOverConfig config;
    private final Duration databaseWait;
    private final Clock clock;

    HandOverSweep(
            Pool pool,
            HandOverRepository repository,
            HandOvers handOvers,
            Rooms rooms,
            RoomCensus census,
            HandOverConfig config,
            ConferenceConfig conferences,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.handOvers = handOvers;
        this.rooms = rooms;
        this.census = census;
        this.config = config;
        this.databaseWait = conferences.databaseWait();
        this.clock = clock;
    }

    @Override
    public Uni<Void> onReport(Room room, RoomReport report) {
        boolean hungUp = report instanceof RoomReport.Left left && HUNG_UP.equals(left.reason());
        if (!hungUp) {
            return Uni.createFrom().voidItem();
        }
        String leg = ((RoomReport.Left) report).callSid();
        return Bounded.within(databaseWait, repository.ofRoom(pool, room.name()))
                .chain(found -> found.filter(
                                handOver -> leg.equals(handOver.call().callSid()))
                        .map(handOver -> handOvers
                                .signal(handOver.id(), new HandOverSignal.CallerGone())
                                .replaceWithVoid())
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    @Scheduled(every = "1s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return each(repository.callerGone(pool, AT_ONCE), this::callerGone)
                .chain(() -> each(repository.stale(pool, clock.instant().minus(config.move()), AT_ONCE), this::lookAt))
                .onFailure()
                .invoke(failure -> LOG.debugf("hand-overs were not looked at: %s", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> callerGone(UUID id) {
        return handOvers.signal(id, new HandOverSignal.CallerGone()).replaceWithVoid();
    }

    private Uni<Void> lookAt(HandOver handOver) {
        Instant now = clock.instant();
        if (!(handOver.state() instanceof HandOverState.Talking)) {
            return tell(handOver, due(handOver, Optional.empty(), now));
        }
        return rooms.find(handOver.room()).chain(found -> {
            Optional<HandOverSignal> due = due(handOver, found, now);
            return due.isEmpty() || found.isEmpty() ? tell(handOver, due) : ask(handOver, found.get(), now);
        });
    }

    /** Somebody seems to be missing from the room: Twilio is asked before anybody is let go, and nobody is while it does not say. */
    private Uni<Void> ask(HandOver handOver, Room room, Instant now) {
        return census.take(room)
                .chain(seen -> tell(handOver, seen.isEmpty() ? Optional.empty() : due(handOver, seen, now)));
    }

    private Uni<Void> tell(HandOver handOver, Optional<HandOverSignal> signal) {
        return signal.map(heard -> handOvers.signal(handOver.id(), heard).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem());
    }

    private Optional<HandOverSignal> due(HandOver handOver, Optional<Room> room, Instant now) {
        return HandOverWatch.due(handOver, room.orElse(null), now, config.answer(), config.move());
    }

    private <T> Uni<Void> each(Uni<List<T>> all, Function<T, Uni<Void>> work) {
        return Sweeps.each("a hand-over", Bounded.within(databaseWait, all), work);
    }
}

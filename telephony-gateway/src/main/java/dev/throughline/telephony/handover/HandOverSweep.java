package dev.throughline.telephony.handover;

import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.conference.ConferenceConfig;
import dev.throughline.telephony.conference.Room;
import dev.throughline.telephony.conference.RoomListener;
import dev.throughline.telephony.conference.RoomReport;
import dev.throughline.telephony.conference.Rooms;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
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
    private final HandOverConfig config;
    private final Duration databaseWait;
    private final Clock clock;

    HandOverSweep(
            Pool pool,
            HandOverRepository repository,
            HandOvers handOvers,
            Rooms rooms,
            HandOverConfig config,
            ConferenceConfig conferences,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.handOvers = handOvers;
        this.rooms = rooms;
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
        Uni<Optional<Room>> room = handOver.state() instanceof HandOverState.Talking
                ? rooms.find(handOver.room())
                : Uni.createFrom().item(Optional.empty());
        return room.chain(found -> HandOverWatch.due(handOver, found.orElse(null), now, config.answer(), config.move())
                .map(signal -> handOvers.signal(handOver.id(), signal).replaceWithVoid())
                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private <T> Uni<Void> each(Uni<List<T>> all, Function<T, Uni<Void>> work) {
        return Bounded.within(databaseWait, all)
                .onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}

package dev.throughline.telephony.handover;

import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.conference.Rooms;
import dev.throughline.telephony.stream.MovedCalls;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.util.Optional;

/** The calls that humans have taken, or that were made rooms for others to join. */
@Singleton
final class HandOverMoves implements MovedCalls {

    private final Pool pool;
    private final HandOverRepository handOvers;
    private final Rooms rooms;
    private final CallConfig config;

    HandOverMoves(Pool pool, HandOverRepository handOvers, Rooms rooms, CallConfig config) {
        this.pool = pool;
        this.handOvers = handOvers;
        this.rooms = rooms;
        this.config = config;
    }

    @Override
    public Uni<Boolean> movedAway(String callSid) {
        Uni<Boolean> moved = handOvers
                .underWay(pool, callSid)
                .chain(underWay -> underWay.filter(HandOverMoves::taken).isPresent()
                        ? Uni.createFrom().item(true)
                        : rooms.roomOf(pool, callSid).map(Optional::isPresent));
        return Bounded.within(config.databaseWait(), moved);
    }

    private static boolean taken(HandOver handOver) {
        return !(handOver.state() instanceof HandOverState.Ringing);
    }
}

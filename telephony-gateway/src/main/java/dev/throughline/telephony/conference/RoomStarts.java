package dev.throughline.telephony.conference;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallAnnouncer;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.conference.RoomKeys.Earlier;
import dev.throughline.telephony.conference.RoomKeys.Key;
import dev.throughline.telephony.outbound.CallPolicy;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes rooms and calls their customers into them, once for one key. */
@Singleton
final class RoomStarts {

    /** The label of the customer's phone in a room that was started with it. */
    static final String PHONE = "phone";

    private final Rooms rooms;
    private final RoomKeys keys;
    private final RoomCalls calls;
    private final RoomLines lines;
    private final CallAnnouncer announcer;
    private final Pool pool;
    private final ConferenceConfig config;

    RoomStarts(
            Rooms rooms,
            RoomKeys keys,
            RoomCalls calls,
            RoomLines lines,
            CallAnnouncer announcer,
            Pool pool,
            ConferenceConfig config) {
        this.rooms = rooms;
        this.keys = keys;
        this.calls = calls;
        this.lines = lines;
        this.announcer = announcer;
        this.pool = pool;
        this.config = config;
    }

    /**
     * A room that is wanted.
     *
     * @param to E.164
     * @param agentId null = a room without an agent
     */
    record Wish(
            Tenant tenant, UUID leadId, String to, @Nullable String agentId) {

        /** The wish under a key. */
        Key under(String key) {
            return new Key(key, IdempotencyKey.fingerprint(tenant.id(), leadId, to, agentId));
        }
    }

    /** A room; {@code made} false where an earlier request made it. */
    private record Place(Room room, boolean made) {}

    /**
     * Makes a room and calls its customer; under a key that was used for the same wish, the room that was made then as it stands now.
     *
     * @throws Problem 422 for a customer who may not be called, or a key of another wish; 429 where the tenant has as many calls as it may
     */
    Uni<Room> start(Wish wish, @Nullable String key) {
        String from = lines.from(wish.tenant());
        CallPolicy.against(wish.tenant(), from, wish.to()).ifPresent(refusal -> {
            throw refusal.problem();
        });
        Room planned = Room.planned(rooms.newName(), wish.tenant().id(), wish.leadId(), wish.agentId(), rooms.now())
                .with(Participant.invited(UUID.randomUUID(), PHONE, Role.PHONE, null, rooms.now()));
        return place(planned, key == null ? null : wish.under(key), wish.tenant())
                .chain(place -> place.made()
                        ? call(place.room(), wish, from)
                        : Uni.createFrom().item(place.room()));
    }

    private Uni<Place> place(Room planned, @Nullable Key key, Tenant tenant) {
        Uni<Optional<Earlier>> transaction = pool.withTransaction(tx -> earlier(tx, planned.tenantId(), key)
                .chain(earlier -> earlier.isPresent()
                        ? Uni.createFrom().item(earlier)
                        : make(tx, planned, key, tenant).replaceWith(earlier)));
        return Bounded.within(config.databaseWait(), transaction).chain(earlier -> {
            if (earlier.isEmpty()) {
                return Uni.createFrom().item(new Place(planned, true));
            }
            if (key != null && !earlier.get().fingerprint().equals(key.fingerprint())) {
                throw IdempotencyKey.reused();
            }
            return rooms.find(earlier.get().room())
                    .map(found -> new Place(found.orElseThrow(Conferences::noSuchRoom), false));
        });
    }

    private Uni<Optional<Earlier>> earlier(SqlClient tx, UUID tenantId, @Nullable Key key) {
        return key == null ? Uni.createFrom().item(Optional.empty()) : keys.find(tx, tenantId, key);
    }

    private Uni<Void> make(SqlClient tx, Room planned, @Nullable Key key, Tenant tenant) {
        Integer limit = tenant.settings().calls().maxConcurrentCalls();
        return announcer
                .hasRoom(tx, limit, planned.tenantId())
                .invoke(free -> {
                    if (!free && limit != null) {
                        throw CallPolicy.overLimit(limit).problem();
                    }
                })
                .chain(() -> rooms.create(tx, planned))
                .chain(() -> key == null ? Uni.createFrom().voidItem() : keys.keep(tx, planned.name(), key));
    }

    private Uni<Room> call(Room room, Wish wish, String from) {
        return calls.call(room, new RoomCalls.Call(PHONE, true, from, wish.to(), false))
                .onFailure(RoomCalls::nothingHappened)
                .call(() -> keys.giveBack(pool, room.name()).onFailure().recoverWithNull())
                .call(called -> announce(called, wish, from));
    }

    private Uni<Void> announce(Room room, Wish wish, String from) {
        String callSid = room.labelled(PHONE).map(Participant::callSid).orElse(null);
        return callSid == null
                ? Uni.createFrom().voidItem()
                : announcer.announce(
                        new CallParties(callSid, room.tenantId(), room.leadId()),
                        CallOrigin.outbound(Path.CONFERENCE, from, wish.to(), room.agentId()),
                        CallStatus.QUEUED);
    }
}

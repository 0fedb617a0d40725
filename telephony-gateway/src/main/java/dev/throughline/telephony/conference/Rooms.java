package dev.throughline.telephony.conference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallLedger;
import dev.throughline.telephony.call.IdempotencyKey;
import dev.throughline.telephony.conference.Room.Step;
import dev.throughline.telephony.conference.RoomKeys.Key;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Keeps the rooms: a step, its rows and its events are one transaction. */
@Singleton
public final class Rooms {

    private static final String PREFIX = "conf-";
    private static final int NAME_BYTES = 12;
    private static final int DOUBTS = 1_000;

    private final Pool pool;
    private final RoomRepository repository;
    private final GuestKeys keys;
    private final Outbox outbox;
    private final CallLedger ledger;
    private final ConferenceConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** Rooms whose row is behind what was told of them. */
    private final Cache<String, Boolean> doubted =
            Caffeine.newBuilder().maximumSize(DOUBTS).build();

    Rooms(
            Pool pool,
            RoomRepository repository,
            GuestKeys keys,
            Outbox outbox,
            CallLedger ledger,
            ConferenceConfig config,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.keys = keys;
        this.outbox = outbox;
        this.ledger = ledger;
        this.config = config;
        this.clock = clock;
    }

    /** A name no room has had. */
    public String newName() {
        byte[] bytes = new byte[NAME_BYTES];
        random.nextBytes(bytes);
        return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** Writes a new room in the caller's transaction. */
    public Uni<Void> create(SqlClient tx, Room room) {
        return repository.insert(tx, room);
    }

    /** Writes a new room. */
    public Uni<Void> create(Room room) {
        return within(pool.withTransaction(tx -> create(tx, room)));
    }

    /** The room; empty when there is none of this name. */
    public Uni<Optional<Room>> find(String name) {
        return within(repository.find(pool, name));
    }

    /** As {@link #find(String)}; another tenant's room is not there. */
    public Uni<Optional<Room>> find(UUID tenantId, String name) {
        return find(name).map(found -> found.filter(room -> room.tenantId().equals(tenantId)));
    }

    /** The open room a leg is in or on its way to. */
    public Uni<Optional<Room>> roomOf(SqlClient tx, String callSid) {
        return repository
                .roomOf(tx, callSid)
                .chain(name -> name.isEmpty()
                        ? Uni.createFrom().item(Optional.<Room>empty())
                        : repository.find(tx, name.get()));
    }

    /**
     * Changes a room without telling anybody: who was asked in, how Twilio names things.
     *
     * @return the room after the change; empty when there is none of this name
     */
    public Uni<Optional<Room>> change(String name, UnaryOperator<Room> change) {
        return step(name, room -> new Step(change.apply(room), List.of(), List.of()))
                .map(step -> step.map(Step::room));
    }

    /** A room; {@code changed} false where an earlier request under the same key had changed it. */
    record Once(Room room, boolean changed) {}

    /**
     * As {@link #change}, once for one key of this room; null = no key.
     *
     * @throws Problem 422 where the key was used for something else
     */
    Uni<Optional<Once>> changeOnce(String name, @Nullable Key key, UnaryOperator<Room> change) {
        return within(pool.withTransaction(tx -> repository
                .lock(tx, name)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : once(tx, found.get(), key, change).map(Optional::of))));
    }

    /** Frees the key of a change that came to nothing. */
    Uni<Void> giveBack(String name, Key key) {
        return within(keys.giveBack(pool, name, key));
    }

    private Uni<Once> once(SqlConnection tx, Room before, @Nullable Key key, UnaryOperator<Room> change) {
        if (key == null) {
            return changed(tx, before, change);
        }
        return keys.find(tx, before.name(), key).chain(earlier -> {
            if (earlier.isPresent() && !earlier.get().equals(key.fingerprint())) {
                throw IdempotencyKey.reused();
            }
            return earlier.isPresent()
                    ? Uni.createFrom().item(new Once(before, false))
                    : keys.keep(tx, before.name(), key).chain(() -> changed(tx, before, change));
        });
    }

    private Uni<Once> changed(SqlConnection tx, Room before, UnaryOperator<Room> change) {
        Room after = change.apply(before);
        return repository.save(tx, before, after).replaceWith(new Once(after, true));
    }

    /** Takes a room one step further and writes its events; empty when there is none of this name. */
    Uni<Optional<Step>> step(String name, Function<Room, Step> taken) {
        return within(pool.withTransaction(tx -> repository
                .lock(tx, name)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : write(tx, found.get(), taken.apply(found.get())).map(Optional::of))));
    }

    /**
     * As {@link #step}, for what a callback told: where the database does not take it, {@code otherwise} goes to Kafka directly.
     *
     * @return the step; empty when there is no room of this name, or Kafka has the events and the room knows nothing of them yet
     */
    Uni<Optional<Step>> report(String name, Function<Room, Step> taken, List<RecordedEvent> otherwise) {
        AtomicReference<Optional<Step>> step = new AtomicReference<>(Optional.empty());
        return ledger.recordOrPublish(
                        tx -> repository.lock(tx, name).chain(found -> {
                            Optional<Step> next = found.map(taken);
                            step.set(next);
                            return next.isEmpty()
                                    ? Uni.createFrom().item(List.of())
                                    : repository
                                            .save(tx, found.get(), next.get().room())
                                            .replaceWith(events(found.get(), next.get()));
                        }),
                        otherwise)
                .map(written -> {
                    if (!written) {
                        doubt(name);
                    }
                    return written ? step.get() : Optional.empty();
                });
    }

    /** Takes rooms that are not over and that nobody has looked at for a while; no other replica gets them before {@code until}. */
    Uni<List<String>> toLookAt(Instant until, int limit) {
        return within(repository.toLookAt(pool, now(), until, limit));
    }

    /** Has a room compared with Twilio's. */
    void doubt(String name) {
        doubted.put(name, true);
    }

    /** Rooms of which something was told without the database since this was asked last. */
    List<String> doubted() {
        List<String> names = List.copyOf(doubted.asMap().keySet());
        doubted.invalidateAll(names);
        return names;
    }

    /** Participants whose call ended before they came. */
    Uni<List<RoomRepository.Leg>> absent(int limit) {
        return within(repository.absent(pool, limit));
    }

    Instant now() {
        return clock.instant();
    }

    private Uni<Step> write(SqlConnection tx, Room before, Step step) {
        return repository
                .save(tx, before, step.room())
                .chain(() -> outbox.append(tx, events(before, step)))
                .replaceWith(step);
    }

    private static List<RecordedEvent> events(Room room, Step step) {
        return step.events().stream()
                .map(told -> RoomEvents.of(RoomAddress.of(room), told))
                .toList();
    }

    private <T> Uni<T> within(Uni<T> work) {
        return Bounded.within(config.databaseWait(), work);
    }
}

package dev.throughline.telephony.conference;

import dev.throughline.events.EventIds;
import dev.throughline.events.EventTypes;
import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.conference.Room.Step;
import dev.throughline.telephony.conference.Room.Told;
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
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Keeps the rooms: a step, its rows and its events are one transaction. */
@Singleton
public final class Rooms {

    private static final String SOURCE = "telephony-gateway";
    private static final String PREFIX = "conf-";
    private static final int NAME_BYTES = 12;

    private final Pool pool;
    private final RoomRepository repository;
    private final Outbox outbox;
    private final ConferenceConfig config;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    Rooms(Pool pool, RoomRepository repository, Outbox outbox, ConferenceConfig config, Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.outbox = outbox;
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

    /** Takes a room one step further and writes its events; empty when there is none of this name. */
    Uni<Optional<Step>> step(String name, Function<Room, Step> taken) {
        return within(pool.withTransaction(tx -> repository
                .lock(tx, name)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : write(tx, found.get(), taken.apply(found.get())).map(Optional::of))));
    }

    /** Rooms that are not over and were made before {@code before}. */
    Uni<List<String>> open(Instant before, int limit) {
        return within(repository.open(pool, before, limit));
    }

    /** Participants whose call ended before they came. */
    Uni<List<RoomRepository.Leg>> absent(int limit) {
        return within(repository.absent(pool, limit));
    }

    Instant now() {
        return clock.instant();
    }

    private Uni<Step> write(SqlConnection tx, Room before, Step step) {
        List<RecordedEvent> events =
                step.events().stream().map(told -> event(before, told)).toList();
        return repository
                .save(tx, before, step.room())
                .chain(() -> outbox.append(tx, events))
                .replaceWith(step);
    }

    /** One id per room or participation and kind: a step taken twice is one event. */
    private static RecordedEvent event(Room room, Told told) {
        String type = EventTypes.nameOf(told.event());
        UUID id = told.participation() == null
                ? EventIds.of(type, room.name())
                : EventIds.of(type, room.name(), told.participation());
        return new RecordedEvent(id, told.at(), SOURCE, room.tenantId(), room.leadId(), told.event());
    }

    private <T> Uni<T> within(Uni<T> work) {
        return Bounded.within(config.databaseWait(), work);
    }
}

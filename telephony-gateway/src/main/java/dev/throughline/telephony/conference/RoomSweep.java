package dev.throughline.telephony.conference;

import dev.throughline.telephony.conference.RoomRepository.Leg;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Looks at rooms of which nobody reports: a phone that was never picked up, an end that was asked for in vain, somebody alone. */
@ApplicationScoped
class RoomSweep {

    private static final int AT_ONCE = 50;

    private final Rooms rooms;
    private final RoomTasks tasks;
    private final ConferenceConfig config;

    RoomSweep(Rooms rooms, RoomTasks tasks, ConferenceConfig config) {
        this.rooms = rooms;
        this.tasks = tasks;
        this.config = config;
    }

    @Scheduled(every = "2s", delayed = "2s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        return one(rooms.absent(AT_ONCE), this::didNotCome)
                .chain(() -> one(rooms.open(rooms.now().minus(config.alone()), AT_ONCE), this::lookAt))
                .onFailure()
                .recoverWithNull()
                .replaceWithVoid();
    }

    private Uni<Void> didNotCome(Leg leg) {
        return rooms.step(leg.room(), before -> before.onLeg(leg.callSid())
                        .map(one -> before.afterAbsence(one.id(), rooms.now(), "call-ended", UUID::randomUUID))
                        .orElseGet(() -> new Room.Step(before, List.of(), List.of())))
                .chain(step -> step.map(taken -> tasks.run(taken.room(), taken.tasks()))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private Uni<Void> lookAt(String name) {
        return rooms.find(name)
                .chain(found -> found.map(room -> tasks.run(room, room.overdue(rooms.now(), config.alone())))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static <T> Uni<Void> one(Uni<List<T>> all, Function<T, Uni<Void>> work) {
        return all.onItem()
                .transformToMulti(Multi.createFrom()::iterable)
                .onItem()
                .transformToUniAndConcatenate(work::apply)
                .collect()
                .asList()
                .replaceWithVoid();
    }
}

package dev.throughline.telephony.handover;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outbox.Outbox;
import dev.throughline.telephony.briefing.Briefings;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallRepository;
import dev.throughline.telephony.conference.ConferenceConfig;
import dev.throughline.telephony.conference.Participant;
import dev.throughline.telephony.conference.Role;
import dev.throughline.telephony.conference.Room;
import dev.throughline.telephony.conference.Rooms;
import dev.throughline.telephony.handover.HandOverSteps.Step;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/** Moves hand-overs forward: a step, its row and its events are one transaction; what it asks of Twilio is done afterwards. */
@Singleton
final class HandOvers {

    private static final Logger LOG = Logger.getLogger(HandOvers.class);

    private final Pool pool;
    private final HandOverRepository repository;
    private final HandOverCalls calls;
    private final CallRepository rows;
    private final Rooms rooms;
    private final Briefings briefings;
    private final Outbox outbox;
    private final MeterRegistry metrics;
    private final Duration databaseWait;
    private final Clock clock;

    HandOvers(
            Pool pool,
            HandOverRepository repository,
            HandOverCalls calls,
            CallRepository rows,
            Rooms rooms,
            Briefings briefings,
            Outbox outbox,
            MeterRegistry metrics,
            ConferenceConfig config,
            Clock clock) {
        this.pool = pool;
        this.repository = repository;
        this.calls = calls;
        this.rows = rows;
        this.rooms = rooms;
        this.briefings = briefings;
        this.outbox = outbox;
        this.metrics = metrics;
        this.databaseWait = config.databaseWait();
        this.clock = clock;
    }

    /** Writes a new hand-over in the caller's transaction; {@link #run} its tasks afterwards. */
    Uni<Step> begin(SqlClient tx, HandOver handOver) {
        Step step = HandOverSteps.begun(handOver);
        return repository
                .insert(tx, handOver)
                .chain(() -> outbox.append(tx, events(step)))
                .replaceWith(step);
    }

    /** The hand-over as it stands. */
    Uni<Optional<HandOver>> find(UUID id) {
        return within(repository.find(pool, id));
    }

    /**
     * Takes the step a signal leads to, and leaves its tasks to the caller.
     *
     * @return the step; empty when there is no such hand-over
     */
    Uni<Optional<Step>> take(UUID id, HandOverSignal signal) {
        return within(pool.withTransaction(tx -> repository
                .lock(tx, id)
                .chain(found -> found.isEmpty()
                        ? Uni.createFrom().item(Optional.empty())
                        : write(tx, found.get(), signal).map(Optional::of))));
    }

    /** Takes the step a signal leads to; what it asks of Twilio is done without being waited for. */
    Uni<Optional<Step>> signal(UUID id, HandOverSignal signal) {
        return take(id, signal).invoke(step -> step.ifPresent(this::run));
    }

    /** Does a step's tasks, and takes the steps that follow from what Twilio says. Not waited for. */
    void run(Step step) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (HandOverTask task : step.tasks()) {
            all = all.chain(() -> run(step.handOver(), task));
        }
        all.subscribe().with(done -> {}, failure -> LOG.error("a hand-over's task failed", failure));
    }

    private Uni<Void> run(HandOver handOver, HandOverTask task) {
        return switch (task) {
            case HandOverTask.Ring(int attempt) -> follow(handOver, calls.ring(handOver, attempt));
            case HandOverTask.LetHumanGo(String leg) -> calls.letHumanGo(handOver, leg);
            case HandOverTask.ReturnCaller ignored -> follow(handOver, calls.returnCaller(handOver));
            case HandOverTask.ReleaseCaller ignored -> calls.releaseCaller(handOver);
            case HandOverTask.EndRoom ignored -> calls.endRoom(handOver).replaceWithVoid();
        };
    }

    private Uni<Void> follow(HandOver handOver, Uni<Optional<HandOverSignal>> answer) {
        return answer.chain(signal -> signal.isEmpty()
                ? Uni.createFrom().voidItem()
                : signal(handOver.id(), signal.get()).replaceWithVoid());
    }

    private Uni<Step> write(SqlClient tx, HandOver before, HandOverSignal signal) {
        Instant now = clock.instant();
        Step step = HandOverSteps.after(before, signal, now);
        if (!step.moved(before)) {
            return Uni.createFrom().item(step);
        }
        LOG.infof("hand-over: %s", step.handOver().state().getClass().getSimpleName());
        return repository
                .update(tx, step.handOver())
                .chain(() -> meeting(tx, before, step.handOver(), signal, now))
                .chain(() -> outbox.append(tx, events(step)))
                .replaceWith(step);
    }

    /** What a state needs beside its own row: the room before anybody is sent there, the note before the agent asks for it. */
    private Uni<Void> meeting(SqlClient tx, HandOver before, HandOver after, HandOverSignal signal, Instant now) {
        if (before.state() instanceof HandOverState.Ringing && after.state() instanceof HandOverState.Accepted) {
            Room room = Room.planned(
                            after.room(), after.call().tenantId(), after.call().leadId(), null, now)
                    .with(Participant.invited(
                            UUID.randomUUID(),
                            HandOverCalls.CALLER,
                            Role.PHONE,
                            after.call().callSid(),
                            now))
                    .with(Participant.invited(
                            UUID.randomUUID(), HandOverCalls.HUMAN, Role.PHONE, after.humanLeg(), now));
            return rooms.create(tx, room);
        }
        if (before.state() instanceof HandOverState.Accepted && after.state() instanceof HandOverState.Talking) {
            return rows.humanAnswered(tx, after.call().callSid());
        }
        if (after.state() instanceof HandOverState.Returning(int ignored, Instant since)
                && !(before.state() instanceof HandOverState.Returning)) {
            String note = HandOverWords.note(
                    after.human().name(), Duration.between(since, now), signal instanceof HandOverSignal.GivenBack);
            return briefings.put(tx, after.call().callSid(), after.call().tenantId(), Map.of(), note);
        }
        return Uni.createFrom().voidItem();
    }

    private List<RecordedEvent> events(Step step) {
        step.stages().forEach(passed -> metrics.counter(
                        "throughline.hand.overs", "stage", HandOverEvents.word(passed.stage()))
                .increment());
        return HandOverEvents.of(step, clock.instant());
    }

    private <T> Uni<T> within(Uni<T> work) {
        return Bounded.within(databaseWait, work);
    }
}

package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.telephony.handover.HandOverState.Accepted;
import dev.throughline.telephony.handover.HandOverState.Over;
import dev.throughline.telephony.handover.HandOverState.Returning;
import dev.throughline.telephony.handover.HandOverState.Ringing;
import dev.throughline.telephony.handover.HandOverState.Talking;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The machine of a hand-over. Pure.
 *
 * <pre>
 *            next human, while there is one
 *            ┌──── missed ────┐
 *            ▼                │                key 1            moved                    given back, or human missing
 *  ────▶ RINGING(attempt) ────┴──▶ ACCEPTED(attempt) ────▶ TALKING(attempt) ──────────────────────▶ RETURNING(attempt)
 *            │                        │                       │    │                                  │      │
 *            │ no human left:         │ not moved:            │    │ caller missing:                  │      │ not returned:
 *            │ BUSY NO_ANSWER         │ FAILED                │    │ FAILED                           │      │ FAILED
 *            │ DECLINED VOICEMAIL     │                       │    │                                  │      │
 *            │ FAILED                 │                       │ human or caller hangs up,             │ returned:
 *            │                        │                       │ room over: ENDED                      │ RETURNED
 *            ▼                        ▼                       ▼                                       ▼
 *  OVER ◀────┴── caller hangs up: CALLER_GONE ──┘             └──────────── caller hangs up: ENDED ───┘
 *
 *  a signal of another attempt, or one the state does not know  ─▶ no step
 *  a human's leg that is named after the hand-over is over       ─▶ that leg is let go
 *  the human hangs up while ACCEPTED                             ─▶ RETURNING: the caller may be on the way to an empty room
 * </pre>
 */
final class HandOverSteps {

    private HandOverSteps() {}

    /** One step: the hand-over after it, which stages it went through, what is to be done. */
    record Step(HandOver handOver, List<Passed> stages, List<HandOverTask> tasks) {

        boolean moved(HandOver before) {
            return !handOver.equals(before);
        }
    }

    /** A stage that was reached, and with which human. */
    record Passed(Stage stage, int attempt) {}

    /** The first step of a new hand-over. */
    static Step begun(HandOver handOver) {
        return new Step(
                handOver,
                List.of(new Passed(Stage.REQUESTED, 0), new Passed(Stage.RINGING, 0)),
                List.of(new HandOverTask.Ring(0)));
    }

    /** The step a signal leads to; none for a signal that changes nothing. */
    static Step after(HandOver before, HandOverSignal signal, Instant now) {
        return switch (before.state()) {
            case Ringing ringing -> ringing(before, ringing, signal, now);
            case Accepted accepted -> accepted(before, accepted, signal, now);
            case Talking talking -> talking(before, talking, signal, now);
            case Returning returning -> returning(before, returning, signal, now);
            case Over over -> over(before, signal);
        };
    }

    private static Step ringing(HandOver before, Ringing ringing, HandOverSignal signal, Instant now) {
        return switch (signal) {
            case HandOverSignal.Called called
            when called.attempt() == ringing.attempt() ->
                new Step(before.to(ringing, called.leg(), now), List.of(), List.of());
            case HandOverSignal.Called called -> tooLate(before, called);
            case HandOverSignal.Missed missed
            when missed.attempt() == ringing.attempt() -> missed(before, ringing, missed.why(), now);
            case HandOverSignal.Accepted accepted
            when accepted.attempt() == ringing.attempt() ->
                new Step(
                        before.to(new Accepted(ringing.attempt()), accepted.leg(), now),
                        List.of(new Passed(Stage.ACCEPTED, ringing.attempt())),
                        List.of());
            case HandOverSignal.CallerGone ignored -> end(before, Stage.CALLER_GONE, now, letHumanGo(before));
            default -> none(before);
        };
    }

    private static Step missed(HandOver before, Ringing ringing, Stage why, Instant now) {
        List<Passed> stages = new ArrayList<>(List.of(new Passed(why, ringing.attempt())));
        // A machine talks on, and a phone nobody answers may ring on.
        List<HandOverTask> tasks =
                new ArrayList<>(why == Stage.VOICEMAIL || why == Stage.NO_ANSWER ? letHumanGo(before) : List.of());
        int next = ringing.attempt() + 1;
        if (next >= before.humans().size()) {
            return new Step(before.to(new Over(ringing.attempt(), why), null, now), stages, tasks);
        }
        stages.add(new Passed(Stage.RINGING, next));
        tasks.add(new HandOverTask.Ring(next));
        return new Step(before.to(new Ringing(next), null, now), stages, tasks);
    }

    private static Step accepted(HandOver before, Accepted accepted, HandOverSignal signal, Instant now) {
        return switch (signal) {
            case HandOverSignal.Moved ignored ->
                new Step(before.to(new Talking(accepted.attempt(), now), before.humanLeg(), now), List.of(), List.of());
            case HandOverSignal.NotMoved ignored -> end(before, Stage.FAILED, now, List.of());
            case HandOverSignal.CallerGone ignored -> end(before, Stage.CALLER_GONE, now, letHumanGo(before));
            case HandOverSignal.HumanGone gone
            when gone.leg().equals(before.humanLeg()) ->
                giveBack(before, now, List.of(new HandOverTask.ReturnCaller()));
            case HandOverSignal.Called called -> tooLate(before, called);
            default -> none(before);
        };
    }

    private static Step talking(HandOver before, Talking talking, HandOverSignal signal, Instant now) {
        return switch (signal) {
            // Whoever gives back waits for the answer, and brings the caller back himself.
            case HandOverSignal.GivenBack back
            when back.leg().equals(before.humanLeg()) -> giveBack(before, now, List.of());
            case HandOverSignal.HumanMissing ignored ->
                giveBack(before, now, with(letHumanGo(before), new HandOverTask.ReturnCaller()));
            case HandOverSignal.HumanGone gone
            when gone.leg().equals(before.humanLeg()) ->
                end(before, Stage.ENDED, now, List.of(new HandOverTask.ReleaseCaller()));
            case HandOverSignal.CallerMissing ignored -> end(before, Stage.FAILED, now, letHumanGo(before));
            // The room ends with the caller, and the human's leg then asks what to do.
            case HandOverSignal.CallerGone ignored -> end(before, Stage.ENDED, now, List.of());
            case HandOverSignal.RoomOver ignored -> end(before, Stage.ENDED, now, List.of());
            case HandOverSignal.Called called -> tooLate(before, called);
            default -> none(before);
        };
    }

    private static Step returning(HandOver before, Returning returning, HandOverSignal signal, Instant now) {
        return switch (signal) {
            case HandOverSignal.Returned ignored -> end(before, Stage.RETURNED, now, List.of());
            case HandOverSignal.CallerGone ignored -> end(before, Stage.ENDED, now, List.of());
            case HandOverSignal.NotReturned ignored ->
                end(before, Stage.FAILED, now, List.of(new HandOverTask.EndRoom()));
            case HandOverSignal.Called called -> tooLate(before, called);
            default -> none(before);
        };
    }

    private static Step over(HandOver before, HandOverSignal signal) {
        return signal instanceof HandOverSignal.Called called ? tooLate(before, called) : none(before);
    }

    private static Step giveBack(HandOver before, Instant now, List<HandOverTask> tasks) {
        Instant since = before.state() instanceof Talking talking ? talking.since() : now;
        Returning returning = new Returning(before.state().attempt(), since);
        return new Step(before.to(returning, before.humanLeg(), now), List.of(), tasks);
    }

    private static Step end(HandOver before, Stage outcome, Instant now, List<HandOverTask> tasks) {
        int attempt = before.state().attempt();
        return new Step(
                before.to(new Over(attempt, outcome), before.humanLeg(), now),
                List.of(new Passed(outcome, attempt)),
                tasks);
    }

    /** A phone that Twilio says it rings although nobody waits for it any more. The one who talks is not let go. */
    private static Step tooLate(HandOver before, HandOverSignal.Called called) {
        boolean wanted = called.leg().equals(before.humanLeg());
        return new Step(before, List.of(), wanted ? List.of() : List.of(new HandOverTask.LetHumanGo(called.leg())));
    }

    private static List<HandOverTask> letHumanGo(HandOver handOver) {
        @Nullable String leg = handOver.humanLeg();
        return leg == null ? List.of() : List.of(new HandOverTask.LetHumanGo(leg));
    }

    private static List<HandOverTask> with(List<HandOverTask> tasks, HandOverTask one) {
        List<HandOverTask> all = new ArrayList<>(tasks);
        all.add(one);
        return all;
    }

    private static Step none(HandOver before) {
        return new Step(before, List.of(), List.of());
    }
}

package dev.throughline.telephony.handover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.tenant.CallSettings.Human;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.conference.Participant;
import dev.throughline.telephony.conference.Role;
import dev.throughline.telephony.conference.Room;
import dev.throughline.telephony.handover.HandOverSteps.Passed;
import dev.throughline.telephony.handover.HandOverSteps.Step;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HandOverStepsTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final String MARIAS_LEG = "CA000000000000000000000000000000a1";
    private static final String TOMS_LEG = "CA000000000000000000000000000000a2";
    private static final Duration ANSWER = Duration.ofSeconds(90);
    private static final Duration MOVE = Duration.ofSeconds(15);

    @Test
    void shouldRingTheFirstHuman() {
        Step begun = HandOverSteps.begun(handOver());

        assertThat(begun.stages()).containsExactly(new Passed(Stage.REQUESTED, 0), new Passed(Stage.RINGING, 0));
        assertThat(begun.tasks()).containsExactly(new HandOverTask.Ring(0));
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "NO_ANSWER", "DECLINED", "VOICEMAIL", "FAILED"})
    void shouldRingTheNextHumanAndThenStop(Stage why) {
        Step next = after(handOver(), new HandOverSignal.Missed(0, why));
        Step none = after(next.handOver(), new HandOverSignal.Missed(1, why));

        assertThat(next.stages()).containsExactly(new Passed(why, 0), new Passed(Stage.RINGING, 1));
        assertThat(next.tasks()).containsExactly(new HandOverTask.Ring(1));
        assertThat(none.stages()).containsExactly(new Passed(why, 1));
        assertThat(none.tasks()).isEmpty();
        assertThat(none.handOver().state()).isEqualTo(new HandOverState.Over(1, why));
    }

    @Test
    void shouldHangUpOnAMachine() {
        HandOver rung = through(handOver(), new HandOverSignal.Called(0, MARIAS_LEG));

        assertThat(after(rung, new HandOverSignal.Missed(0, Stage.VOICEMAIL)).tasks())
                .containsExactly(new HandOverTask.LetHumanGo(MARIAS_LEG), new HandOverTask.Ring(1));
    }

    @Test
    void shouldNotHearOfAnEarlierAttempt() {
        HandOver second = through(handOver(), new HandOverSignal.Missed(0, Stage.BUSY));

        assertThat(after(second, new HandOverSignal.Missed(0, Stage.NO_ANSWER)).handOver())
                .isEqualTo(second);
        assertThat(after(second, new HandOverSignal.Accepted(0, MARIAS_LEG)).handOver())
                .isEqualTo(second);
        // Twilio names the first human's leg after he was given up: it must not ring on.
        assertThat(after(second, new HandOverSignal.Called(0, MARIAS_LEG)).tasks())
                .containsExactly(new HandOverTask.LetHumanGo(MARIAS_LEG));
    }

    @Test
    void shouldTalkOnceTheCallerIsMoved() {
        Step accepted = after(handOver(), new HandOverSignal.Accepted(0, MARIAS_LEG));
        Step moved = after(accepted.handOver(), new HandOverSignal.Moved());

        assertThat(accepted.stages()).containsExactly(new Passed(Stage.ACCEPTED, 0));
        assertThat(moved.handOver().state()).isEqualTo(new HandOverState.Talking(0, NOW));
        assertThat(moved.stages()).isEmpty();
        assertThat(after(moved.handOver(), new HandOverSignal.Accepted(0, MARIAS_LEG))
                        .stages())
                .isEmpty();
    }

    @Test
    void shouldLeaveTheCallerWithTheAgentWhenHeCannotBeMoved() {
        HandOver accepted = through(handOver(), new HandOverSignal.Accepted(0, MARIAS_LEG));

        Step failed = after(accepted, new HandOverSignal.NotMoved());

        assertThat(failed.handOver().state()).isEqualTo(new HandOverState.Over(0, Stage.FAILED));
        assertThat(failed.tasks()).isEmpty();
    }

    @Test
    void shouldLetTheHumanGoWhenTheCallerHangsUpFirst() {
        HandOver rung = through(handOver(), new HandOverSignal.Called(0, MARIAS_LEG));

        Step gone = after(rung, new HandOverSignal.CallerGone());

        assertThat(gone.stages()).containsExactly(new Passed(Stage.CALLER_GONE, 0));
        assertThat(gone.tasks()).containsExactly(new HandOverTask.LetHumanGo(MARIAS_LEG));
    }

    @Test
    void shouldBringTheCallerBackWhenTheHumanGivesBack() {
        Step back = after(talking(), new HandOverSignal.GivenBack(MARIAS_LEG));
        Step returned = after(back.handOver(), new HandOverSignal.Returned());

        assertThat(back.handOver().state()).isEqualTo(new HandOverState.Returning(0, NOW));
        assertThat(back.stages()).isEmpty();
        assertThat(returned.stages()).containsExactly(new Passed(Stage.RETURNED, 0));
    }

    @Test
    void shouldSayGoodbyeToTheCallerWhenTheHumanHangsUp() {
        Step ended = after(talking(), new HandOverSignal.HumanGone(MARIAS_LEG));

        assertThat(ended.stages()).containsExactly(new Passed(Stage.ENDED, 0));
        assertThat(ended.tasks()).containsExactly(new HandOverTask.ReleaseCaller());
        // An earlier human's leg that ends now is not the one who talks.
        assertThat(after(talking(), new HandOverSignal.HumanGone(TOMS_LEG)).stages())
                .isEmpty();
    }

    @Test
    void shouldNotSendTheCallerIntoAnEmptyRoom() {
        HandOver accepted = through(handOver(), new HandOverSignal.Accepted(0, MARIAS_LEG));

        assertThat(after(accepted, new HandOverSignal.HumanGone(MARIAS_LEG)).tasks())
                .containsExactly(new HandOverTask.ReturnCaller());
    }

    @Test
    void shouldNoticeWhoIsMissing() {
        Room nobody = room();
        Room callerAlone = nobody.with(nobody.participants().getFirst().id(), HandOverStepsTest::joined);

        assertThat(watched(talking(), nobody, 10)).isEmpty();
        assertThat(watched(talking(), nobody, 16)).contains(new HandOverSignal.CallerMissing());
        assertThat(watched(talking(), callerAlone, 16)).contains(new HandOverSignal.HumanMissing());
        assertThat(after(talking(), new HandOverSignal.CallerMissing()).tasks())
                .containsExactly(new HandOverTask.LetHumanGo(MARIAS_LEG));
        assertThat(after(talking(), new HandOverSignal.HumanMissing()).tasks())
                .containsExactly(new HandOverTask.LetHumanGo(MARIAS_LEG), new HandOverTask.ReturnCaller());
    }

    @Test
    void shouldGiveUpWhatStandsStill() {
        HandOver rung = through(handOver(), new HandOverSignal.Called(0, MARIAS_LEG));
        HandOver accepted = through(handOver(), new HandOverSignal.Accepted(0, MARIAS_LEG));
        HandOver returning = through(talking(), new HandOverSignal.GivenBack(MARIAS_LEG));

        assertThat(watched(rung, null, 89)).isEmpty();
        assertThat(watched(rung, null, 91)).contains(new HandOverSignal.Missed(0, Stage.NO_ANSWER));
        assertThat(watched(handOver(), null, 31)).contains(new HandOverSignal.Missed(0, Stage.FAILED));
        assertThat(watched(accepted, null, 16)).contains(new HandOverSignal.NotMoved());
        assertThat(watched(returning, null, 16)).contains(new HandOverSignal.NotReturned());
        assertThat(after(returning, new HandOverSignal.NotReturned()).tasks())
                .containsExactly(new HandOverTask.EndRoom());
    }

    /** Whatever is heard in whatever order: each stage once per human, and after the last one nothing. */
    @Property(tries = 500)
    void shouldTellEachStageOnce(@ForAll("signals") List<HandOverSignal> heard) {
        HandOver handOver = handOver();
        List<Passed> passed = new ArrayList<>(HandOverSteps.begun(handOver).stages());
        for (HandOverSignal signal : heard) {
            Step step = after(handOver, signal);
            if (handOver.state() instanceof HandOverState.Over) {
                assertThat(step.stages()).isEmpty();
                assertThat(step.handOver()).isEqualTo(handOver);
            }
            passed.addAll(step.stages());
            handOver = step.handOver();
        }

        assertThat(passed).doesNotHaveDuplicates();
        if (handOver.state() instanceof HandOverState.Over(int attempt, Stage outcome)) {
            assertThat(passed).endsWith(new Passed(outcome, attempt));
        }
        assertThat(Set.copyOf(passed.stream().map(Passed::stage).toList())).contains(Stage.REQUESTED, Stage.RINGING);
    }

    @Provide
    Arbitrary<List<HandOverSignal>> signals() {
        return Arbitraries.<HandOverSignal>of(
                        new HandOverSignal.Called(0, MARIAS_LEG),
                        new HandOverSignal.Called(1, TOMS_LEG),
                        new HandOverSignal.Missed(0, Stage.BUSY),
                        new HandOverSignal.Missed(1, Stage.VOICEMAIL),
                        new HandOverSignal.Accepted(0, MARIAS_LEG),
                        new HandOverSignal.Accepted(1, TOMS_LEG),
                        new HandOverSignal.Moved(),
                        new HandOverSignal.NotMoved(),
                        new HandOverSignal.CallerMissing(),
                        new HandOverSignal.HumanMissing(),
                        new HandOverSignal.GivenBack(MARIAS_LEG),
                        new HandOverSignal.HumanGone(TOMS_LEG),
                        new HandOverSignal.Returned(),
                        new HandOverSignal.NotReturned(),
                        new HandOverSignal.CallerGone(),
                        new HandOverSignal.RoomOver())
                .list()
                .ofMaxSize(12);
    }

    private static HandOver handOver() {
        return new HandOver(
                new UUID(1, 1),
                new CallParties("CA000000000000000000000000000000c1", new UUID(2, 2), new UUID(3, 3)),
                "agent",
                "wants a manager",
                null,
                List.of(new Human("Maria", "+12025550151"), new Human("Tom", "+12025550152")),
                new HandOverState.Ringing(0),
                null,
                "conf-room",
                NOW,
                NOW);
    }

    private static HandOver talking() {
        return through(handOver(), new HandOverSignal.Accepted(0, MARIAS_LEG), new HandOverSignal.Moved());
    }

    private static HandOver through(HandOver handOver, HandOverSignal... signals) {
        HandOver now = handOver;
        for (HandOverSignal signal : signals) {
            now = after(now, signal).handOver();
        }
        return now;
    }

    private static Step after(HandOver handOver, HandOverSignal signal) {
        return HandOverSteps.after(handOver, signal, NOW);
    }

    private static Optional<HandOverSignal> watched(HandOver handOver, @Nullable Room room, int seconds) {
        return HandOverWatch.due(handOver, room, NOW.plusSeconds(seconds), ANSWER, MOVE);
    }

    private static Room room() {
        return Room.planned("conf-room", new UUID(2, 2), new UUID(3, 3), null, NOW)
                .with(Participant.invited(new UUID(4, 1), HandOverCalls.CALLER, Role.PHONE, "CAc", NOW))
                .with(Participant.invited(new UUID(4, 2), HandOverCalls.HUMAN, Role.PHONE, MARIAS_LEG, NOW));
    }

    private static Participant joined(Participant one) {
        return new Participant(
                one.id(), one.label(), one.role(), one.callSid(), NOW, NOW, null, null, null, false, false, 0);
    }
}

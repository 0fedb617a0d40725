package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.EventIds;
import dev.throughline.events.RecordedEvent;
import dev.throughline.telephony.handover.HandOverSteps.Passed;
import dev.throughline.telephony.handover.HandOverSteps.Step;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What is told of a hand-over's steps. Pure. */
final class HandOverEvents {

    private static final String SOURCE = "telephony-gateway";

    private HandOverEvents() {}

    /** One per stage that was passed. Its id is the hand-over's, the stage's and the human's: a step taken twice is one event. */
    static List<RecordedEvent> of(Step step, Instant now) {
        HandOver handOver = step.handOver();
        boolean over = handOver.state() instanceof HandOverState.Over;
        return step.stages().stream()
                .map(passed -> new RecordedEvent(
                        EventIds.of("call.hand-over", handOver.id(), passed.stage(), passed.attempt()),
                        now,
                        SOURCE,
                        handOver.call().tenantId(),
                        handOver.call().leadId(),
                        event(
                                handOver,
                                passed,
                                over && passed.equals(step.stages().getLast()))))
                .toList();
    }

    /** The stage as a label of a metric. */
    static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static CallEvent.HandOver event(HandOver handOver, Passed passed, boolean last) {
        boolean chosen = passed.stage() != Stage.REQUESTED;
        return new CallEvent.HandOver(
                handOver.call().callSid(),
                handOver.id().toString(),
                passed.stage(),
                handOver.requestedBy(),
                chosen ? handOver.humans().get(passed.attempt()).name() : null,
                handOver.reason(),
                last);
    }
}

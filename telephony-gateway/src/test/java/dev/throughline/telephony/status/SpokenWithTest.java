package dev.throughline.telephony.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent.Path;
import dev.throughline.events.CallEvent.SpokeWith;
import dev.throughline.telephony.call.CallOrigin;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.CallProgress;
import dev.throughline.telephony.call.CallRow;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.stream.StreamOutcome;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SpokenWithTest {

    @Test
    void shouldTakeWhoWasNeverConnectedForAlone() {
        assertThat(SpokenWith.of(call(Path.BRIDGE, false), CallStatus.NO_ANSWER, null))
                .isEqualTo(SpokeWith.NOBODY);
        assertThat(SpokenWith.by(CallStatus.BUSY)).isEqualTo(SpokeWith.NOBODY);
        assertThat(SpokenWith.by(CallStatus.COMPLETED)).isNull();
    }

    @Test
    void shouldTellACallWithoutAnAgentByWhetherTheBusinessAnswered() {
        assertThat(SpokenWith.of(call(Path.DIRECT, false), CallStatus.COMPLETED, null))
                .isEqualTo(SpokeWith.NOBODY);
        assertThat(SpokenWith.of(call(Path.DIRECT, true), CallStatus.COMPLETED, null))
                .isEqualTo(SpokeWith.HUMAN);
        // The agent was not reached, and the business was rung in its place.
        assertThat(SpokenWith.of(call(Path.BRIDGE, true), CallStatus.COMPLETED, StreamOutcome.AGENT_UNREACHABLE))
                .isEqualTo(SpokeWith.HUMAN);
    }

    @Test
    void shouldBelieveTheBridgeAndSayNothingWhereNobodyKnows() {
        CallRow call = call(Path.BRIDGE, false);
        assertThat(SpokenWith.of(call, CallStatus.COMPLETED, StreamOutcome.COMPLETED))
                .isEqualTo(SpokeWith.AGENT);
        assertThat(SpokenWith.of(call(Path.BRIDGE, true), CallStatus.COMPLETED, StreamOutcome.HANDED_OVER))
                .isEqualTo(SpokeWith.HUMAN);
        // Moved into a room with its agent.
        assertThat(SpokenWith.of(call, CallStatus.COMPLETED, StreamOutcome.HANDED_OVER))
                .isNull();
        assertThat(SpokenWith.of(call, CallStatus.COMPLETED, StreamOutcome.AGENT_UNREACHABLE))
                .isEqualTo(SpokeWith.NOBODY);
        assertThat(SpokenWith.of(call, CallStatus.COMPLETED, StreamOutcome.CALLER_LEFT))
                .isNull();
        assertThat(SpokenWith.of(call(Path.NATIVE, false), CallStatus.COMPLETED, null))
                .isNull();
    }

    private static CallRow call(Path path, boolean humanAnswered) {
        return new CallRow(
                new CallParties("CA1", UUID.randomUUID(), UUID.randomUUID()),
                CallOrigin.inbound(path, "+12025550142", "+12025550100", null),
                CallProgress.begun(CallStatus.RINGING),
                humanAnswered,
                Instant.EPOCH,
                null);
    }
}

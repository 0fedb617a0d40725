package dev.throughline.telephony.stream;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AfterStreamTest {

    @ParameterizedTest
    @EnumSource(
            value = StreamOutcome.class,
            names = {"COMPLETED", "HANDED_OVER"})
    void shouldHangUpAfterAnOrdinaryEnd(StreamOutcome outcome) {
        assertThat(AfterStream.of(outcome, false, 0, 1)).isInstanceOf(AfterStream.HangUp.class);
    }

    @ParameterizedTest
    @EnumSource(
            value = StreamOutcome.class,
            names = {"AGENT_UNREACHABLE", "AGENT_LOST", "REFUSED"})
    void shouldApologiseWhenTheAgentCouldNotGoOn(StreamOutcome outcome) {
        assertThat(AfterStream.of(outcome, false, 0, 1)).isInstanceOf(AfterStream.Apologise.class);
    }

    @Test
    void shouldResumeOnceWhenTheBridgeVanished() {
        assertThat(AfterStream.of(null, false, 0, 1)).isInstanceOf(AfterStream.Resume.class);
        assertThat(AfterStream.of(null, false, 1, 1)).isInstanceOf(AfterStream.Apologise.class);
    }

    @Test
    void shouldNotBelieveThatACallerLeftForWhomTwilioAsks() {
        assertThat(AfterStream.of(StreamOutcome.CALLER_LEFT, false, 0, 1)).isInstanceOf(AfterStream.Resume.class);
        assertThat(AfterStream.of(StreamOutcome.CALLER_LEFT, false, 1, 1)).isInstanceOf(AfterStream.Apologise.class);
    }

    @Test
    void shouldNotTalkToACallerWhoHasLeft() {
        assertThat(AfterStream.of(null, true, 0, 1)).isInstanceOf(AfterStream.HangUp.class);
        assertThat(AfterStream.of(StreamOutcome.AGENT_LOST, true, 0, 1)).isInstanceOf(AfterStream.HangUp.class);
    }
}

package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AnswerHoldTest {

    private static final long SECOND = 1_000_000_000L;

    private final AnswerHold hold = new AnswerHold(100 * SECOND);

    @ParameterizedTest
    @ValueSource(strings = {"human", "unknown"})
    void shouldLetTheAgentSpeakToAPersonAtOnce(String answeredBy) {
        assertThat(hold.isOver(101 * SECOND, 0)).isFalse();
        hold.found(answeredBy);

        assertThat(hold.isOver(101 * SECOND, 101 * SECOND)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"machine_start", "machine_end_beep", "machine_end_silence", "machine_end_other", "fax"})
    void shouldKeepTheAgentFromAMachineThatSpeaks(String answeredBy) {
        hold.found(answeredBy);

        assertThat(hold.isOver(130 * SECOND, 129 * SECOND)).isFalse();
    }

    @Test
    void shouldNotLetAPersonWaitForADetectionThatDoesNotCome() {
        assertThat(hold.isOver(105 * SECOND, 0)).isFalse();
        assertThat(hold.isOver(107 * SECOND, 0)).isTrue();
        assertThat(hold.isOver(107 * SECOND, 102 * SECOND)).isFalse();
        assertThat(hold.isOver(109 * SECOND, 102 * SECOND)).isTrue();
    }
}

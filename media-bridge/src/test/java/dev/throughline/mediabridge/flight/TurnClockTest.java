package dev.throughline.mediabridge.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallFlight;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TurnClockTest {

    private static final long MILLI = 1_000_000;

    private final TurnClock clock = new TurnClock(0);

    @Test
    void shouldMeasureEveryStepOfAnAnswer() {
        clock.transcript(3, 1_000 * MILLI, 1_250 * MILLI);
        clock.agentText(1_600 * MILLI);
        assertThat(clock.audioIn(4, 1_700 * MILLI)).isEqualTo(450);
        clock.audioOut(1_700 * MILLI, 1_702 * MILLI);

        assertThat(clock.turns()).containsExactly(new CallFlight.Turn(1_000, 250, 350, 100, 2, 702, false));
    }

    @Test
    void shouldMeasureAnAnswerWhoseAudioCameBeforeItsWords() {
        clock.transcript(3, 1_000 * MILLI, 1_250 * MILLI);
        clock.audioIn(4, 1_500 * MILLI);
        clock.agentText(1_600 * MILLI);
        clock.audioOut(1_500 * MILLI, 1_510 * MILLI);

        assertThat(clock.turns()).containsExactly(new CallFlight.Turn(1_000, 250, 0, 250, 10, 510, false));
    }

    @Test
    void shouldNotTakeTheRestOfAnEarlierAnswerForThisOne() {
        clock.audioIn(2, 900 * MILLI);
        clock.transcript(3, 1_000 * MILLI, 1_250 * MILLI);

        assertThat(clock.audioIn(2, 1_260 * MILLI)).isEqualTo(-1);
        assertThat(clock.audioOut(1_260 * MILLI, 1_261 * MILLI)).isNull();
        assertThat(clock.audioIn(4, 1_500 * MILLI)).isEqualTo(250);
    }

    @Test
    void shouldWaitForItsOwnAudioToBeWritten() {
        clock.transcript(3, 1_000 * MILLI, 1_250 * MILLI);
        clock.audioIn(4, 1_500 * MILLI);

        assertThat(clock.audioOut(1_400 * MILLI, 1_501 * MILLI)).isNull();
        assertThat(clock.audioOut(1_500 * MILLI, 1_502 * MILLI)).isNotNull();
    }

    @Test
    void shouldMarkTheAnswerThatWasCutShort() {
        clock.transcript(3, 1_000 * MILLI, 1_250 * MILLI);
        clock.audioIn(4, 1_500 * MILLI);
        clock.audioOut(1_500 * MILLI, 1_502 * MILLI);
        clock.interrupted();
        clock.interrupted();

        assertThat(clock.turns()).singleElement().satisfies(turn -> assertThat(turn.interrupted())
                .isTrue());
    }

    @Test
    void shouldBeginWithTheTranscriptWhereNobodyHeardTheCallerFallSilent() {
        clock.transcript(3, 0, 1_250 * MILLI);
        clock.audioIn(4, 1_500 * MILLI);
        clock.audioOut(1_500 * MILLI, 1_502 * MILLI);

        assertThat(clock.turns()).containsExactly(new CallFlight.Turn(1_250, 0, 0, 250, 2, 252, false));
    }

    @Property
    void shouldAddUpToTheWholeWhateverTheNanoseconds(
            @ForAll @LongRange(min = 1, max = 2_000_000_000L) long transcript,
            @ForAll @LongRange(min = 0, max = 2_000_000_000L) long text,
            @ForAll @LongRange(min = 0, max = 2_000_000_000L) long audio,
            @ForAll @LongRange(min = 0, max = 2_000_000_000L) long out) {
        TurnClock any = new TurnClock(12_345);
        long at = 777_777_777L;
        any.transcript(1, at, at + transcript);
        any.agentText(at + transcript + text);
        any.audioIn(2, at + transcript + text + audio);
        CallFlight.Turn turn = any.audioOut(at + transcript + text + audio, at + transcript + text + audio + out);

        assertThat(turn).isNotNull();
        assertThat(turn.transcriptMillis() + turn.agentTextMillis() + turn.audioInMillis() + turn.audioOutMillis())
                .isEqualTo(turn.responseMillis());
    }
}

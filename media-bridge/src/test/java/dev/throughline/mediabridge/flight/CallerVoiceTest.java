package dev.throughline.mediabridge.flight;

import static dev.throughline.mediabridge.flight.Sounds.LOUD;
import static dev.throughline.mediabridge.flight.Sounds.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CallerVoiceTest {

    private static final long MILLI = 1_000_000;

    private final CallerVoice voice = new CallerVoice(new SpeechLanes(0));
    private long now = 1_000 * MILLI;

    @Test
    void shouldKnowWhenTheCallerFellSilent() {
        hears(LOUD, 25);
        long silent = now;
        hears(QUIET, 40);

        assertThat(voice.takeEndOfSpeech()).isEqualTo(silent);
        assertThat(voice.takeEndOfSpeech()).isZero();
    }

    @Test
    void shouldNotTakeAPauseBetweenWordsForTheEnd() {
        hears(LOUD, 25);
        hears(QUIET, 8);
        hears(LOUD, 25);
        long silent = now;
        hears(QUIET, 40);

        assertThat(voice.takeEndOfSpeech()).isEqualTo(silent);
    }

    @Test
    void shouldBelieveATranscriptThatIsQuickerThanItsOwnPatience() {
        hears(LOUD, 25);
        long silent = now;
        hears(QUIET, 3);

        assertThat(voice.takeEndOfSpeech()).isEqualTo(silent);
    }

    @Test
    void shouldCountTheGapsAndKeepTheLongest() {
        hears(QUIET, 5);
        now += 80 * MILLI;
        hears(QUIET, 5);
        now += 300 * MILLI;
        hears(QUIET, 1);

        assertThat(voice.gaps()).isEqualTo(2);
        assertThat(voice.longestGapNanos()).isEqualTo(320 * MILLI);
    }

    /** Frames of 20 ms; the last arrives at {@code now}. */
    private void hears(String frame, int frames) {
        for (int i = 0; i < frames; i++) {
            now += 20 * MILLI;
            voice.frame(frame, now);
        }
    }
}

package dev.throughline.mediabridge.flight;

import static dev.throughline.mediabridge.flight.Sounds.LOUD;
import static dev.throughline.mediabridge.flight.Sounds.QUIET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallFlight.Speech;
import dev.throughline.events.Speaker;
import org.junit.jupiter.api.Test;

class SpeechLanesTest {

    private static final long ORIGIN = 5_000_000_000L;

    private final SpeechLanes lanes = new SpeechLanes(ORIGIN);
    private final CallerVoice voice = new CallerVoice(lanes);

    @Test
    void shouldPlayABurstForAsLongAsItSounds() {
        for (int piece = 0; piece < 25; piece++) {
            lanes.agent(20, at(1_000 + 4 * piece));
        }
        lanes.silence(at(9_000));

        assertThat(lanes.stretches()).containsExactly(new Speech(Speaker.AGENT, 1_000, 1_500));
    }

    @Test
    void shouldTakeBurstsOfOneAnswerForOneStretchAndAnotherAnswerForAnother() {
        lanes.agent(500, at(1_000));
        lanes.agent(500, at(1_600));
        lanes.agent(500, at(5_000));
        lanes.silence(at(9_000));

        assertThat(lanes.stretches())
                .containsExactly(new Speech(Speaker.AGENT, 1_000, 2_100), new Speech(Speaker.AGENT, 5_000, 5_500));
    }

    @Test
    void shouldEndWhatTheCallerCutShortWhereHeCutIn() {
        lanes.agent(4_000, at(1_000));
        lanes.silence(at(1_800));
        lanes.silence(at(2_000));

        assertThat(lanes.stretches()).containsExactly(new Speech(Speaker.AGENT, 1_000, 1_800));
    }

    @Test
    void shouldHearTheCallerFromHisFirstLoudFrameToHisLast() {
        hear(LOUD, 1_000, 2_000);
        hear(QUIET, 2_000, 3_000);
        hear(LOUD, 3_000, 3_060);
        hear(QUIET, 3_060, 4_000);
        hear(LOUD, 4_000, 4_400);
        voice.end();

        assertThat(lanes.stretches())
                .containsExactly(new Speech(Speaker.CUSTOMER, 980, 1_980), new Speech(Speaker.CUSTOMER, 3_980, 4_380));
    }

    @Test
    void shouldLeaveOutNoiseThatTheProviderTookForNoVoice() {
        hear(LOUD, 1_000, 1_500);
        voice.score(0.1);
        hear(QUIET, 1_500, 2_500);
        hear(LOUD, 2_500, 2_800);
        voice.score(0.2);
        voice.score(0.9);
        hear(QUIET, 2_800, 3_500);

        assertThat(lanes.stretches()).containsExactly(new Speech(Speaker.CUSTOMER, 2_480, 2_780));
    }

    @Test
    void shouldKeepTheFirstStretchesOfAnEndlessCall() {
        for (int i = 0; i < 2 * SpeechLanes.MOST; i++) {
            lanes.caller(at(1_000L * i), at(1_000L * i + 500));
        }

        assertThat(lanes.stretches()).hasSize(SpeechLanes.MOST).first().isEqualTo(new Speech(Speaker.CUSTOMER, 0, 500));
    }

    private void hear(String frame, long fromMillis, long untilMillis) {
        for (long millis = fromMillis; millis < untilMillis; millis += 20) {
            voice.frame(frame, at(millis));
        }
    }

    private static long at(long millis) {
        return ORIGIN + millis * 1_000_000;
    }
}

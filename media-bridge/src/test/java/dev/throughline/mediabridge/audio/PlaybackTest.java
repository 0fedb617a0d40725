package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import org.junit.jupiter.api.Test;

class PlaybackTest {

    private static final long MILLI = 1_000_000;

    private final Playback playback = new Playback();

    @Test
    void shouldVoidSmallerEventIdsAndPlayEqualOnes() {
        playback.interrupted(8, 0);

        assertThat(playback.admits(7)).isFalse();
        assertThat(playback.admits(8)).isTrue();
        assertThat(playback.admits(9)).isTrue();
        assertThat(playback.admits(-1)).isTrue();
    }

    @Test
    void shouldPlayEverythingBeforeTheFirstInterruption() {
        assertThat(playback.admits(0)).isTrue();
    }

    @Test
    void shouldNeverMakeVoidAudioValidAgain() {
        playback.interrupted(8, 0);
        playback.interrupted(3, 0);

        assertThat(playback.admits(7)).isFalse();
    }

    @Test
    void shouldIgnoreTheEchoesThatAClearCauses() {
        String old = playback.sent(1, 20, 0);
        playback.interrupted(2, 0);
        String current = playback.sent(1, 20, 0);

        assertThat(playback.heard(old, 0)).isFalse();
        assertThat(playback.isIdle()).isFalse();
        assertThat(playback.heard(current, 0)).isTrue();
        assertThat(playback.isIdle()).isTrue();
    }

    @Test
    void shouldCountALaterEchoForAllBeforeIt() {
        playback.sent(1, 300, 0);
        playback.sent(1, 300, 0);
        String third = playback.sent(1, 300, 0);

        assertThat(playback.heard(third, 0)).isTrue();
        assertThat(playback.isIdle()).isTrue();
        assertThat(playback.heard(third, 0)).isFalse();
    }

    @Test
    void shouldIgnoreForeignMarks() {
        playback.sent(1, 20, 0);

        for (String name : new String[] {"", "u1-", "u1-2", "u1-0", "u1-x", "u1-99999999999", "u10-1", "other"}) {
            assertThat(playback.heard(name, 0)).as(name).isFalse();
        }
        assertThat(playback.isIdle()).isFalse();
    }

    @Test
    void shouldStartOverWithANewConversation() {
        playback.interrupted(40, 0);
        String before = playback.sent(1, 20, 0);
        playback.restarted();

        assertThat(playback.admits(1)).isTrue();
        assertThat(playback.heard(before, 0)).isFalse();
    }

    @Test
    void shouldCountAsHeardWhatWasEchoedBeforeTheClear() {
        String first = playback.sent(3, 1_000, 0);
        playback.sent(3, 1_000, 0);
        playback.sent(3, 2_000, 0);
        playback.heard(first, 1_000 * MILLI);

        Playback.Heard heard = playback.interrupted(4, 1_000 * MILLI);

        assertThat(heard.cut()).isTrue();
        assertThat(heard.shareOf(3)).isEqualTo(0.25);
    }

    @Test
    void shouldCountAtMostTheTimeSinceTheLastEcho() {
        String first = playback.sent(3, 1_000, 0);
        playback.sent(3, 1_000, 0);
        playback.sent(3, 2_000, 0);
        playback.heard(first, 1_000 * MILLI);

        assertThat(playback.interrupted(4, 1_600 * MILLI).shareOf(3)).isEqualTo(0.4);
    }

    @Test
    void shouldNotCountMoreThanWasSentHoweverLateTheEcho() {
        playback.sent(3, 1_000, 0);

        Playback.Heard heard = playback.interrupted(4, 60_000 * MILLI);

        assertThat(heard.shareOf(3)).isEqualTo(1);
    }

    @Test
    void shouldTellEachAnswerApart() {
        String greeting = playback.sent(1, 1_000, 0);
        playback.heard(greeting, 1_000 * MILLI);
        playback.sent(5, 1_000, 2_000 * MILLI);
        playback.sent(7, 1_000, 2_000 * MILLI);

        Playback.Heard heard = playback.interrupted(8, 2_500 * MILLI);

        assertThat(heard.shareOf(1)).isEqualTo(1);
        assertThat(heard.shareOf(5)).isEqualTo(0.5);
        assertThat(heard.shareOf(7)).isZero();
        assertThat(heard.shareOf(9)).isNegative();
    }

    @Test
    void shouldFindNothingCutWhenAllWasPlayed() {
        String mark = playback.sent(3, 1_000, 0);
        playback.heard(mark, 1_000 * MILLI);

        Playback.Heard heard = playback.interrupted(4, 1_200 * MILLI);

        assertThat(heard.cut()).isFalse();
        assertThat(heard.shareOf(3)).isEqualTo(1);
        assertThat(playback.isIdle()).isTrue();
    }

    @Test
    void shouldBoundItsAccounting() {
        for (int i = 0; i < 3 * Playback.MOST_PENDING; i++) {
            playback.sent(i, Playback.MARK_MILLIS, 0);
        }

        assertThat(playback.heard("u1-" + 3 * Playback.MOST_PENDING, 0)).isTrue();
        assertThat(playback.isIdle()).isTrue();
    }

    @Test
    void shouldMarkTheFirstPieceThenEachQuarterOfASecondAndTheEnd() {
        assertThat(playback.sent(1, 20, 0)).isEqualTo("u1-1");
        for (int millis = 20; millis < Playback.MARK_MILLIS; millis += 20) {
            assertThat(playback.sent(1, 20, 0)).as("after %d ms", millis).isNull();
        }
        assertThat(playback.sent(1, 20, 0)).isEqualTo("u1-2");
        assertThat(playback.closingMark()).isNull();

        assertThat(playback.sent(2, 20, 0)).isNull();
        assertThat(playback.heard("u1-2", 0)).isTrue();
        assertThat(playback.isIdle()).isFalse();
        assertThat(playback.closingMark()).isEqualTo("u1-3");
        assertThat(playback.closingMark()).isNull();
        assertThat(playback.heard("u1-3", 0)).isTrue();
        assertThat(playback.isIdle()).isTrue();
    }

    @Test
    void shouldTellWhatWasHeardBetweenTwoMarksByTheTime() {
        playback.sent(3, 20, 0);
        playback.sent(3, 180, 0);
        playback.heard("u1-1", 20 * MILLI);

        assertThat(playback.interrupted(4, 110 * MILLI).shareOf(3)).isEqualTo(0.55);
    }

    @Test
    void shouldKnowHowLongAudioPlays() {
        for (int bytes : new int[] {0, 1, 8, 79, 80, 81, 160, 1_600}) {
            String base64 = Base64.getEncoder().encodeToString(new byte[bytes]);
            assertThat(Playback.millisOf(base64)).as("%d bytes", bytes).isEqualTo(bytes / 8);
        }
    }
}

package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaybackTest {

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
        playback.sent(1, 20, 0);
        playback.sent(1, 20, 0);
        String third = playback.sent(1, 20, 0);

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
}

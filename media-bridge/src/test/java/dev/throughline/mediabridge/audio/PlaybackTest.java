package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaybackTest {

    private final Playback playback = new Playback();

    @Test
    void shouldVoidSmallerEventIdsAndPlayEqualOnes() {
        playback.interrupted(8);

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
        playback.interrupted(8);
        playback.interrupted(3);

        assertThat(playback.admits(7)).isFalse();
    }

    @Test
    void shouldIgnoreTheEchoesThatAClearCauses() {
        String old = playback.nextMark();
        playback.interrupted(2);
        String current = playback.nextMark();

        assertThat(playback.heard(old)).isFalse();
        assertThat(playback.isIdle()).isFalse();
        assertThat(playback.heard(current)).isTrue();
        assertThat(playback.isIdle()).isTrue();
    }

    @Test
    void shouldCountALaterEchoForAllBeforeIt() {
        playback.nextMark();
        playback.nextMark();
        String third = playback.nextMark();

        assertThat(playback.heard(third)).isTrue();
        assertThat(playback.isIdle()).isTrue();
        assertThat(playback.heard(third)).isFalse();
    }

    @Test
    void shouldIgnoreForeignMarks() {
        playback.nextMark();

        for (String name : new String[] {"", "u1-", "u1-2", "u1-0", "u1-x", "u1-99999999999", "u10-1", "other"}) {
            assertThat(playback.heard(name)).as(name).isFalse();
        }
        assertThat(playback.isIdle()).isFalse();
    }

    @Test
    void shouldStartOverWithANewConversation() {
        playback.interrupted(40);
        String before = playback.nextMark();
        playback.restarted();

        assertThat(playback.admits(1)).isTrue();
        assertThat(playback.heard(before)).isFalse();
    }
}

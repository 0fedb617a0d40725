package dev.throughline.simulator.twilio.audio;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PlaybackQueueTest {

    private final PlaybackQueue queue = new PlaybackQueue();

    @Test
    void shouldEchoAMarkOneSlotAfterTheLastFrameBeforeIt() {
        queue.offerAudio(new byte[320]);
        assertThat(queue.offerMark("m")).isFalse();

        assertThat(queue.nextSlot().marks()).isEmpty();
        assertThat(queue.nextSlot().marks()).isEmpty();
        PlaybackQueue.Slot third = queue.nextSlot();
        assertThat(third.marks()).containsExactly("m");
        assertThat(third.frame()).isNull();
    }

    @Test
    void shouldEchoAtOnceWhenNothingIsQueuedOrPlaying() {
        assertThat(queue.offerMark("m")).isTrue();
        queue.offerAudio(new byte[160]);
        queue.nextSlot();

        assertThat(queue.offerMark("n")).as("the last frame is still playing").isFalse();
        assertThat(queue.nextSlot().marks()).containsExactly("n");
    }

    @Test
    void shouldJoinPiecesOfAnySizeIntoFrames() {
        queue.offerAudio(new byte[] {1, 2, 3});
        queue.offerMark("within");
        queue.offerAudio(new byte[] {4, 5});

        PlaybackQueue.Slot slot = queue.nextSlot();

        assertThat(slot.playedBytes()).isEqualTo(5);
        assertThat(slot.frame()).hasSize(160).startsWith(1, 2, 3, 4, 5, 0xFF);
        assertThat(queue.nextSlot().marks()).containsExactly("within");
    }

    @Test
    void shouldReturnPendingMarksInOrderOnClearAndPlayNothingMore() {
        queue.offerAudio(new byte[160]);
        queue.offerMark("a");
        queue.offerAudio(new byte[800]);
        queue.offerMark("b");
        queue.nextSlot();

        PlaybackQueue.Cleared cleared = queue.clear();

        assertThat(cleared.marks()).containsExactly("a", "b");
        assertThat(cleared.droppedMillis()).isEqualTo(100);
        assertThat(queue.nextSlot().frame()).isNull();
        assertThat(queue.offerMark("c")).isTrue();
    }

    @Test
    void shouldRefuseMoreThanTenMinutes() {
        for (int minute = 0; minute < 10; minute++) {
            assertThat(queue.offerAudio(new byte[60 * 8000])).isTrue();
        }

        assertThat(queue.offerAudio(new byte[1])).isFalse();
        assertThat(queue.queuedMillis()).isEqualTo(600_000);
    }
}

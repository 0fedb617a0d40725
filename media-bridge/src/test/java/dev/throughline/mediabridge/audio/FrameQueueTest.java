package dev.throughline.mediabridge.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FrameQueueTest {

    @Test
    void shouldDropTheOldestAudioWithItsMarkWhenFull() {
        FrameQueue queue = new FrameQueue(12);
        queue.addAudio("aaaa", "m1", 0);
        queue.addAudio("bbbb", "m2", 0);
        queue.addAudio("cccc", "m3", 0);

        assertThat(drain(queue)).containsExactly("bbbb+m2", "cccc+m3");
        assertThat(queue.dropped()).isEqualTo(1);
    }

    @Test
    void shouldTakeAnOversizedMessageWhenItIsAlone() {
        FrameQueue queue = new FrameQueue(3);
        queue.addAudio("too long", null, 0);

        assertThat(drain(queue)).containsExactly("too long");
        assertThat(queue.dropped()).isZero();
    }

    @Test
    void shouldNotCountAsDroppedWhatWasSpokenOver() {
        FrameQueue queue = new FrameQueue(100);
        queue.addAudio("aaaa", "m1", 0);
        queue.addControl("clear");
        queue.addAudio("bbbb", "m2", 0);

        assertThat(queue.removeAudio()).isEqualTo(2);
        assertThat(drain(queue)).containsExactly("clear");
        assertThat(queue.dropped()).isZero();
    }

    @Property
    void shouldKeepControlAndTheNewestAudioInOrder(@ForAll @Size(max = 60) List<Boolean> audio) {
        FrameQueue queue = new FrameQueue(20);
        List<String> everything = new ArrayList<>();
        for (int i = 0; i < audio.size(); i++) {
            String text = (audio.get(i) ? "a" : "c") + "%03d".formatted(i);
            everything.add(text);
            if (audio.get(i)) {
                queue.addAudio(text, null, 0);
            } else {
                queue.addControl(text);
            }
        }
        long audioCount = audio.stream().filter(a -> a).count();
        long dropped = Math.max(0, audioCount - 5);

        List<String> left = drain(queue);

        assertThat(queue.dropped()).isEqualTo(dropped);
        List<String> expected = new ArrayList<>(everything);
        for (long d = 0; d < dropped; d++) {
            expected.remove(
                    expected.stream().filter(t -> t.startsWith("a")).findFirst().orElseThrow());
        }
        assertThat(left).isEqualTo(expected);
    }

    private static List<String> drain(FrameQueue queue) {
        List<String> texts = new ArrayList<>();
        for (FrameQueue.Entry entry = queue.poll(); entry != null; entry = queue.poll()) {
            texts.add(entry.mark() == null ? entry.text() : entry.text() + "+" + entry.mark());
        }
        return texts;
    }
}

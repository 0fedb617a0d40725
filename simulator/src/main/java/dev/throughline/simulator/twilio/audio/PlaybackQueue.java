package dev.throughline.simulator.twilio.audio;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The queue Twilio plays from. Audio of any size goes in, one frame of 20 ms comes out per slot. A mark comes back when all
 * audio queued before it <em>has been played</em>, so the marks behind a frame are due one slot after that frame. Holds 10
 * minutes. One thread only (the socket's event loop). Source: Twilio, <i>Media Streams: WebSocket messages</i>, mark and clear.
 */
public final class PlaybackQueue {

    private static final int MAX_BYTES = 10 * 60 * 1000 * MuLaw.BYTES_PER_MILLI;
    private static final int MAX_MARKS = 10_000;

    private final Deque<Item> items = new ArrayDeque<>();
    private final List<String> dueNextSlot = new ArrayList<>();
    private boolean framePlaying;
    private int queuedBytes;
    private int pendingMarks;

    private sealed interface Item {
        record Audio(byte[] bytes, int from) implements Item {}

        record Mark(String name) implements Item {}
    }

    /**
     * What happens in one slot.
     *
     * @param marks to echo now, before the frame
     * @param frame 160 bytes to play, filled up with silence; null when nothing is queued
     * @param playedBytes how much of the frame came from the queue
     */
    public record Slot(List<String> marks, byte @Nullable [] frame, int playedBytes) {}

    /**
     * What {@code clear} drops.
     *
     * @param marks pending marks, to echo at once
     * @param droppedMillis audio the caller will not hear
     */
    public record Cleared(List<String> marks, int droppedMillis) {}

    /** Queues audio; false when that would make more than 10 minutes, and nothing is queued then. */
    public boolean offerAudio(byte[] audio) {
        if (queuedBytes + audio.length > MAX_BYTES) {
            return false;
        }
        items.addLast(new Item.Audio(audio, 0));
        queuedBytes += audio.length;
        return true;
    }

    /** Queues a mark; true when it is due at once because nothing is queued or playing. */
    public boolean offerMark(String name) {
        if (items.isEmpty() && !framePlaying) {
            return true;
        }
        if (pendingMarks < MAX_MARKS) {
            pendingMarks++;
            items.addLast(new Item.Mark(name));
        }
        return false;
    }

    /** Drops everything that waits. */
    public Cleared clear() {
        List<String> marks = new ArrayList<>(dueNextSlot);
        for (Item item : items) {
            if (item instanceof Item.Mark mark) {
                marks.add(mark.name());
            }
        }
        Cleared cleared = new Cleared(marks, queuedBytes / MuLaw.BYTES_PER_MILLI);
        items.clear();
        dueNextSlot.clear();
        queuedBytes = 0;
        pendingMarks = 0;
        framePlaying = false;
        return cleared;
    }

    /** Moves on by 20 ms. */
    public Slot nextSlot() {
        List<String> marks = new ArrayList<>(dueNextSlot);
        dueNextSlot.clear();
        while (items.peekFirst() instanceof Item.Mark mark) {
            items.removeFirst();
            marks.add(mark.name());
        }
        pendingMarks -= marks.size();
        byte[] frame = new byte[MuLaw.FRAME_BYTES];
        int played = takeInto(frame);
        framePlaying = played > 0;
        return new Slot(marks, framePlaying ? frame : null, played);
    }

    /** Milliseconds of audio waiting. */
    public int queuedMillis() {
        return queuedBytes / MuLaw.BYTES_PER_MILLI;
    }

    private int takeInto(byte[] frame) {
        int filled = 0;
        while (filled < frame.length && !items.isEmpty()) {
            switch (items.removeFirst()) {
                case Item.Mark mark -> dueNextSlot.add(mark.name());
                case Item.Audio audio -> {
                    int taken = Math.min(frame.length - filled, audio.bytes().length - audio.from());
                    System.arraycopy(audio.bytes(), audio.from(), frame, filled, taken);
                    filled += taken;
                    queuedBytes -= taken;
                    if (audio.from() + taken < audio.bytes().length) {
                        items.addFirst(new Item.Audio(audio.bytes(), audio.from() + taken));
                    }
                }
            }
        }
        Arrays.fill(frame, filled, frame.length, MuLaw.SILENCE);
        return filled;
    }
}

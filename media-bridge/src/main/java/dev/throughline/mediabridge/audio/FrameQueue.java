package dev.throughline.mediabridge.audio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written to a socket. Audio is bounded in characters: when it is full the oldest audio goes, because late speech is
 * worse than lost speech. Control messages keep their place among the audio and are never dropped. One thread.
 */
public final class FrameQueue {

    /**
     * One entry.
     *
     * @param text the message
     * @param mark the message to write right after it, which shares its fate; null when there is none
     * @param audio whether it may be dropped
     * @param receivedNanos {@link System#nanoTime} when what it carries came in
     */
    public record Entry(String text, @Nullable String mark, boolean audio, long receivedNanos) {

        private int size() {
            return text.length() + (mark == null ? 0 : mark.length());
        }
    }

    private final int mostAudio;
    private final Deque<Entry> entries = new ArrayDeque<>();
    private int audioSize;
    private long dropped;

    /**
     * @param mostAudio characters of waiting audio messages, at least 1; one message larger than that is still taken when alone
     */
    public FrameQueue(int mostAudio) {
        if (mostAudio < 1) {
            throw new IllegalArgumentException("mostAudio must be at least 1 character");
        }
        this.mostAudio = mostAudio;
    }

    /** Adds audio, dropping the oldest to make room. */
    public void addAudio(String text, @Nullable String mark, long receivedNanos) {
        Entry entry = new Entry(text, mark, true, receivedNanos);
        Iterator<Entry> oldest = entries.iterator();
        while (audioSize + entry.size() > mostAudio && oldest.hasNext()) {
            Entry candidate = oldest.next();
            if (candidate.audio()) {
                oldest.remove();
                audioSize -= candidate.size();
                dropped++;
            }
        }
        entries.add(entry);
        audioSize += entry.size();
    }

    /** Adds a message that must arrive. */
    public void addControl(String text) {
        entries.add(new Entry(text, null, false, System.nanoTime()));
    }

    /** Takes the next entry; null when nothing waits. */
    public @Nullable Entry poll() {
        Entry entry = entries.poll();
        if (entry != null && entry.audio()) {
            audioSize -= entry.size();
        }
        return entry;
    }

    /** Removes all audio that waits, without counting it as dropped: it became void, it was not too late. Returns how many entries. */
    public int removeAudio() {
        int before = entries.size();
        entries.removeIf(Entry::audio);
        audioSize = 0;
        return before - entries.size();
    }

    /** Number of waiting entries. */
    public int size() {
        return entries.size();
    }

    /** Audio entries dropped so far for want of room. */
    public long dropped() {
        return dropped;
    }
}

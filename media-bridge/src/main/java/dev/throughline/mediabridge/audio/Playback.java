package dev.throughline.mediabridge.audio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of the agent's speech is void, what was sent and what was heard.
 *
 * <p>An interruption begins a new generation: audio with an event id SMALLER than the interruption's is void from then on (an equal one is
 * still played: ElevenLabs, <i>Agent WebSockets</i>; dropping it loses the first sound after a barge-in, elevenlabs-python#829). Marks are
 * named {@code u<generation>-<n>}, because Twilio echoes every pending mark when its queue is cleared: such an echo does not mean that
 * anybody heard anything, and its old generation says so. Speech that comes in small pieces gets a mark for every {@value #MARK_MILLIS} ms
 * and one at its end, because each costs a message there and one back.
 *
 * <pre>
 *   heard = audio up to the last mark echoed before the clear
 *         + at most the time since that echo (or since sending, where the queue was empty), of what was sent after it
 * </pre>
 *
 * One call, one thread. Times by {@link System#nanoTime}.
 */
public final class Playback {

    /** Marks that may be on their way; Twilio holds ten minutes of audio. Beyond it only the accounting gets coarser. */
    static final int MOST_PENDING = 4_096;

    /** Answers whose accounting is kept; an interruption concerns the newest ones. */
    private static final int MOST_ANSWERS = 16;

    /** What plays between two marks; the time since the last echo tells what was heard in between. */
    static final long MARK_MILLIS = 250;

    /** Audio of one answer before the mark with this number, which may be still to be sent. */
    private static final class Pending {
        private final int number;
        private final Spoken spoken;
        private long millis;

        private Pending(int number, Spoken spoken) {
            this.number = number;
            this.spoken = spoken;
        }
    }

    private static final class Spoken {
        private final long eventId;
        private long sentMillis;
        private long heardMillis;

        private Spoken(long eventId) {
            this.eventId = eventId;
        }
    }

    private final Deque<Pending> pending = new ArrayDeque<>();
    /** The newest last. */
    private final Deque<Spoken> answers = new ArrayDeque<>();

    private int generation = 1;
    private long voidBelow;
    /** Of marks. */
    private int lastSent;

    private int lastHeard;
    private long unmarkedMillis;
    private long playingSince;

    /** Whether audio with this id is to be played; audio without an id (-1) always is. */
    public boolean admits(long eventId) {
        return eventId < 0 || eventId >= voidBelow;
    }

    /**
     * Audio is being sent.
     *
     * @param eventId of the answer it belongs to, -1 for none
     * @param millis how long it plays
     * @return the name of the mark that is to follow it; null when it needs none yet
     */
    public @Nullable String sent(long eventId, long millis, long nowNanos) {
        boolean first = pending.isEmpty();
        if (first) {
            playingSince = nowNanos;
        }
        Spoken spoken = spoken(eventId);
        spoken.sentMillis += millis;
        Pending open = pending.peekLast();
        if (open == null || open.number <= lastSent || open.spoken != spoken) {
            makeRoom();
            open = new Pending(lastSent + 1, spoken);
            pending.addLast(open);
        }
        open.millis += millis;
        unmarkedMillis += millis;
        // The first at once: its echo says that the answer has begun.
        return first || unmarkedMillis >= MARK_MILLIS ? nextMark() : null;
    }

    /** The name of the mark for what was sent without one; null when there is nothing such. */
    public @Nullable String closingMark() {
        Pending open = pending.peekLast();
        return open != null && open.number > lastSent ? nextMark() : null;
    }

    /**
     * Twilio echoed a mark.
     *
     * @return whether it tells that audio of the present generation was heard; false for old generations and foreign names
     */
    public boolean heard(String name, long nowNanos) {
        int number = numberOf(name);
        if (number <= lastHeard || number > lastSent) {
            return false;
        }
        lastHeard = number;
        playingSince = nowNanos;
        while (!pending.isEmpty() && pending.getFirst().number <= number) {
            Pending played = pending.removeFirst();
            played.spoken.heardMillis += played.millis;
        }
        return true;
    }

    /**
     * The caller cut in: forgets what was sent. Ids never go back, a late smaller interruption makes nothing valid again.
     *
     * @return how much of each answer was heard
     */
    public Heard interrupted(long eventId, long nowNanos) {
        long room = Math.max(0, (nowNanos - playingSince) / 1_000_000);
        boolean cut = !isIdle();
        for (Pending unheard : pending) {
            long played = Math.min(room, unheard.millis);
            unheard.spoken.heardMillis += played;
            room -= played;
        }
        Map<Long, Double> shares = new LinkedHashMap<>();
        answers.forEach(spoken -> shares.put(
                spoken.eventId, spoken.sentMillis == 0 ? 1.0 : (double) spoken.heardMillis / spoken.sentMillis));
        pending.clear();
        answers.clear();
        voidBelow = Math.max(voidBelow, eventId);
        generation++;
        lastSent = 0;
        lastHeard = 0;
        unmarkedMillis = 0;
        return new Heard(cut, shares);
    }

    /** A new conversation on the same call: its event ids start over, and so does the generation. */
    public void restarted() {
        interrupted(0, 0);
        voidBelow = 0;
    }

    /** Whether all that was sent in this generation was heard; true when nothing was sent. */
    public boolean isIdle() {
        return pending.isEmpty();
    }

    /** How long {@code base64} of 8 kHz mu-law plays: 8 bytes a millisecond. */
    public static long millisOf(String base64) {
        int length = base64.length();
        int padding = length >= 2 && base64.charAt(length - 2) == '='
                ? 2
                : length >= 1 && base64.charAt(length - 1) == '=' ? 1 : 0;
        return (length / 4 * 3L - padding) / 8;
    }

    /**
     * What the caller heard before cutting in.
     *
     * @param cut whether anything that was sent was not heard; false for an interruption after the last word
     * @param shares per answer's event id, 0 to 1, of what was sent of it
     */
    public record Heard(boolean cut, Map<Long, Double> shares) {

        public Heard {
            shares = Map.copyOf(shares);
        }

        /** The share heard of one answer; -1 for one of which no audio with its id was sent. */
        public double shareOf(long eventId) {
            return shares.getOrDefault(eventId, -1.0);
        }
    }

    private String nextMark() {
        lastSent++;
        unmarkedMillis = 0;
        return "u" + generation + "-" + lastSent;
    }

    private void makeRoom() {
        if (pending.size() >= MOST_PENDING) {
            Pending oldest = pending.removeFirst();
            oldest.spoken.heardMillis += oldest.millis;
        }
    }

    private Spoken spoken(long eventId) {
        Spoken newest = answers.peekLast();
        if (newest != null && newest.eventId == eventId) {
            return newest;
        }
        for (Spoken known : answers) {
            if (known.eventId == eventId) {
                return known;
            }
        }
        if (answers.size() >= MOST_ANSWERS) {
            answers.removeFirst();
        }
        Spoken fresh = new Spoken(eventId);
        answers.addLast(fresh);
        return fresh;
    }

    private int numberOf(String name) {
        String prefix = "u" + generation + "-";
        if (!name.startsWith(prefix) || name.length() > prefix.length() + 9) {
            return -1;
        }
        int number = 0;
        for (int i = prefix.length(); i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number;
    }
}

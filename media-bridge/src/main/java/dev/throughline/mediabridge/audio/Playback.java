package dev.throughline.mediabridge.audio;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What of the agent's speech is void, what was sent and what was heard.
 *
 * <p>An interruption begins a new generation: audio with an event id SMALLER than the interruption's is void from then on (an equal one is
 * still played: ElevenLabs, <i>Agent WebSockets</i>; dropping it loses the first sound after a barge-in, elevenlabs-python#829). Marks are
 * named {@code u<generation>-<n>}, because Twilio echoes every pending mark when its queue is cleared: such an echo does not mean that
 * anybody heard anything, and its old generation says so.
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

    private record Pending(int number, long eventId, long millis) {}

    private static final class Spoken {
        private long sentMillis;
        private long heardMillis;
    }

    private final Deque<Pending> pending = new ArrayDeque<>();
    private final Map<Long, Spoken> answers = new LinkedHashMap<>();
    private int generation = 1;
    private long voidBelow;
    private int lastSent;
    private int lastHeard;
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
     * @return the name of the mark that is to follow it
     */
    public String sent(long eventId, long millis, long nowNanos) {
        if (isIdle()) {
            playingSince = nowNanos;
        }
        lastSent++;
        if (pending.size() >= MOST_PENDING) {
            Pending oldest = pending.removeFirst();
            spoken(oldest.eventId()).heardMillis += oldest.millis();
        }
        pending.addLast(new Pending(lastSent, eventId, millis));
        spoken(eventId).sentMillis += millis;
        return "u" + generation + "-" + lastSent;
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
        while (!pending.isEmpty() && pending.getFirst().number() <= number) {
            Pending played = pending.removeFirst();
            spoken(played.eventId()).heardMillis += played.millis();
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
            long played = Math.min(room, unheard.millis());
            spoken(unheard.eventId()).heardMillis += played;
            room -= played;
        }
        Map<Long, Double> shares = new LinkedHashMap<>();
        answers.forEach((id, spoken) ->
                shares.put(id, spoken.sentMillis == 0 ? 1.0 : (double) spoken.heardMillis / spoken.sentMillis));
        pending.clear();
        answers.clear();
        voidBelow = Math.max(voidBelow, eventId);
        generation++;
        lastSent = 0;
        lastHeard = 0;
        return new Heard(cut, shares);
    }

    /** A new conversation on the same call: its event ids start over, and so does the generation. */
    public void restarted() {
        interrupted(0, 0);
        voidBelow = 0;
    }

    /** Whether all that was sent in this generation was heard; true when nothing was sent. */
    public boolean isIdle() {
        return lastHeard == lastSent;
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

    private Spoken spoken(long eventId) {
        Spoken known = answers.get(eventId);
        if (known == null) {
            if (answers.size() >= MOST_ANSWERS) {
                answers.remove(answers.keySet().iterator().next());
            }
            known = new Spoken();
            answers.put(eventId, known);
        }
        return known;
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

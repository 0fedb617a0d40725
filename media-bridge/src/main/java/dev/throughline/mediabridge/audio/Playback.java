package dev.throughline.mediabridge.audio;

/**
 * What of the agent's speech is void, what was sent and what was heard.
 *
 * <p>An interruption begins a new generation: audio with an event id SMALLER than the interruption's is void from then on (an equal one is
 * still played: ElevenLabs, <i>Agent WebSockets</i>; dropping it loses the first sound after a barge-in, elevenlabs-python#829). Marks are
 * named {@code u<generation>-<n>}, because Twilio echoes every pending mark when its queue is cleared: such an echo does not mean that
 * anybody heard anything, and its old generation says so. One call, one thread.
 */
public final class Playback {

    private int generation = 1;
    private long voidBelow;
    private int lastSent;
    private int lastHeard;

    /** Whether audio with this id is to be played; audio without an id (-1) always is. */
    public boolean admits(long eventId) {
        return eventId < 0 || eventId >= voidBelow;
    }

    /** The caller cut in: forgets what was sent. Ids never go back, a late smaller interruption makes nothing valid again. */
    public void interrupted(long eventId) {
        voidBelow = Math.max(voidBelow, eventId);
        generation++;
        lastSent = 0;
        lastHeard = 0;
    }

    /** A new conversation on the same call: its event ids start over, and so does the generation. */
    public void restarted() {
        interrupted(0);
        voidBelow = 0;
    }

    /** The name of the mark that follows the audio being sent. */
    public String nextMark() {
        lastSent++;
        return "u" + generation + "-" + lastSent;
    }

    /**
     * Twilio echoed a mark.
     *
     * @return whether it tells that audio of the present generation was heard; false for old generations and foreign names
     */
    public boolean heard(String name) {
        int number = numberOf(name);
        if (number <= lastHeard || number > lastSent) {
            return false;
        }
        lastHeard = number;
        return true;
    }

    /** Whether all that was sent in this generation was heard; true when nothing was sent. */
    public boolean isIdle() {
        return lastHeard == lastSent;
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

package dev.throughline.mediabridge.events;

import dev.throughline.events.Speaker;
import dev.throughline.mediabridge.audio.Playback;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The turns of one conversation. A customer's turn is final when it is transcribed. An agent's turn is held, because a barge-in changes
 * what was really spoken, and an event published under one id must never say two things; it is finished by the first of
 *
 * <ul>
 *   <li>everything sent was played and no more audio came for {@link #QUIET},
 *   <li>the next turn begins,
 *   <li>its correction arrives, or, after an interruption, {@link #CORRECTION_WAIT} pass without one,
 *   <li>{@link #LONGEST_HOLD} pass without a sign of its audio, or the conversation ends.
 * </ul>
 *
 * Every method returns the turns it finished, in order. Also keeps the finished turns for a conversation that has to be taken up again,
 * newest {@value #MOST_KEPT}. One thread.
 */
public final class TurnLog {

    /** Audio of one answer comes in bursts; a pause of this length after the last echo means that it was all. */
    static final Duration QUIET = Duration.ofMillis(700);

    /** ElevenLabs sends the correction right after the interruption. */
    static final Duration CORRECTION_WAIT = Duration.ofSeconds(1);

    static final Duration LONGEST_HOLD = Duration.ofSeconds(10);
    private static final int MOST_KEPT = 200;

    /** Cut short, nobody knows where: the words stay whole. */
    private static final double NEARLY_ALL = Math.nextDown(1.0);

    /**
     * The agent's turn that is not final yet.
     *
     * @param share how much of its audio was heard when it was cut short, 0 to 1
     */
    private record Held(
            int turn,
            String text,
            long eventId,
            Instant at,
            boolean interrupted,
            boolean audible,
            Instant lastSign,
            double share) {

        Held heardOf(Instant now) {
            return new Held(turn, text, eventId, at, interrupted, true, now, share);
        }

        Held cutShort(Instant now, double heard) {
            return new Held(turn, text, eventId, at, true, audible, now, Math.min(share, heard));
        }
    }

    private final List<Utterance> finished = new ArrayList<>();
    private int next;
    private @Nullable Held held;

    /** The customer's words, final. */
    public List<Utterance> customer(String text, Instant now) {
        // An interrupted turn goes on waiting for its correction, which may come after the words that cut it short.
        List<Utterance> turns = new ArrayList<>(held != null && !held.interrupted() ? release() : List.of());
        turns.add(keep(new Utterance(next++, Speaker.CUSTOMER, text, false, now)));
        return turns;
    }

    /** The agent begins to say this. */
    public List<Utterance> agent(String text, long eventId, Instant now) {
        List<Utterance> turns = release();
        held = new Held(next++, text, eventId, now, false, false, now, 1);
        return turns;
    }

    /** A sign of life of the agent's audio: some came, or some was played. */
    public void audioMoved(Instant now) {
        if (held != null && !held.interrupted()) {
            held = held.heardOf(now);
        }
    }

    /**
     * The customer cut in. A turn that was heard to its end stays whole unless the provider corrects it.
     *
     * @param heard what was heard of the answers
     */
    public void interrupted(Instant now, Playback.Heard heard) {
        if (held != null) {
            double share = heard.shareOf(held.eventId());
            held = held.cutShort(now, share < 0 ? NEARLY_ALL : share);
        }
    }

    /** Audio of the answer came after the customer had cut in, and is not played: the turn was cut short after all. */
    public void voided(long eventId) {
        if (held != null && held.interrupted() && held.eventId() == eventId) {
            held = held.cutShort(held.lastSign(), NEARLY_ALL);
        }
    }

    /**
     * What was really spoken of the turn with {@code eventId}. A correction of a turn that was finished already is too late and ignored:
     * the provider's final transcript will tell. A turn of which nothing was heard is none.
     */
    public List<Utterance> corrected(String corrected, long eventId) {
        if (held == null || held.eventId() != eventId) {
            return List.of();
        }
        Held turn = held;
        held = null;
        return corrected.isBlank()
                ? List.of()
                : List.of(keep(new Utterance(turn.turn(), Speaker.AGENT, corrected, true, turn.at())));
    }

    /**
     * Finishes what time has finished; to be called a few times a second.
     *
     * @param allPlayed whether everything sent to the caller was played
     */
    public List<Utterance> tick(Instant now, boolean allPlayed) {
        if (held == null) {
            return List.of();
        }
        Duration still = Duration.between(held.lastSign(), now);
        boolean over = held.interrupted()
                ? still.compareTo(CORRECTION_WAIT) >= 0
                : still.compareTo(LONGEST_HOLD) >= 0 || (held.audible() && allPlayed && still.compareTo(QUIET) >= 0);
        return over ? release() : List.of();
    }

    /** The conversation is over. */
    public List<Utterance> end() {
        return release();
    }

    /** The finished turns in order of their beginning. */
    public List<Utterance> turns() {
        return finished.stream()
                .sorted(Comparator.comparingInt(Utterance::turn))
                .toList();
    }

    private List<Utterance> release() {
        if (held == null) {
            return List.of();
        }
        Held turn = held;
        held = null;
        boolean cut = turn.interrupted() && turn.share() < 1;
        String text = cut ? heardOf(turn.text(), turn.share()) : turn.text();
        return text.isBlank()
                ? List.of()
                : List.of(keep(new Utterance(turn.turn(), Speaker.AGENT, text, cut, turn.at())));
    }

    /** The beginning of {@code text} that fits its share of the sound, in whole words: speech runs about evenly through its text. */
    static String heardOf(String text, double share) {
        int end = (int) Math.floor(text.length() * share);
        if (end >= text.length() - 1) {
            return text;
        }
        int word = text.lastIndexOf(' ', end);
        return text.substring(0, Math.max(0, word));
    }

    private Utterance keep(Utterance turn) {
        finished.add(turn);
        if (finished.size() > MOST_KEPT) {
            finished.removeFirst();
        }
        return turn;
    }
}

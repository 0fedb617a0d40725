package dev.throughline.mediabridge.session;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.function.LongPredicate;

/**
 * What the agent says before the stream has begun: its greeting, when it was quicker than Twilio. Bounded in characters; when it is full
 * the newest is refused, because a greeting is worth its beginning. One thread.
 */
final class EarlySpeech {

    /**
     * Audio that waits.
     *
     * @param payload base64 of mu-law
     * @param eventId of the answer it belongs to, -1 for none
     */
    record Piece(String payload, long eventId, long receivedNanos) {}

    private final int mostChars;
    private final Deque<Piece> pieces = new ArrayDeque<>();
    private int chars;

    EarlySpeech(int mostChars) {
        this.mostChars = mostChars;
    }

    /** Keeps a piece; false when there is no room. */
    boolean add(Piece piece) {
        if (chars + piece.payload().length() > mostChars) {
            return false;
        }
        chars += piece.payload().length();
        pieces.add(piece);
        return true;
    }

    /** Forgets what became void. */
    void keepOnly(LongPredicate eventIds) {
        for (Iterator<Piece> all = pieces.iterator(); all.hasNext(); ) {
            Piece piece = all.next();
            if (!eventIds.test(piece.eventId())) {
                chars -= piece.payload().length();
                all.remove();
            }
        }
    }

    /** Forgets everything. */
    void clear() {
        pieces.clear();
        chars = 0;
    }

    boolean isEmpty() {
        return pieces.isEmpty();
    }

    /** What waits, in order. */
    Iterable<Piece> pieces() {
        return pieces;
    }
}

package dev.throughline.mediabridge.listen;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.List;

/**
 * Both voices of one call for those who listen in, as they are heard on the line. The caller's frames come at the pace of speech; the agent's
 * come much faster than they are played, so each frame of the caller lets as much of the agent's speech follow as has been played
 * meanwhile. What an interruption took back is not heard here either. Costs nothing while nobody listens. One call, one thread.
 */
public final class Listening {

    /** People who may listen to one call at once. */
    static final int MOST_EARS = 5;

    /** Mu-law bytes of agent speech that wait to be played: two minutes. */
    private static final int MOST_AHEAD = 2 * 60 * 8_000;

    private static final String OVER = "the call is over";
    private static final byte CALLER = 0;
    private static final byte AGENT = 1;

    private final List<Ear> ears = new ArrayList<>();
    private final Deque<byte[]> ahead = new ArrayDeque<>();
    /** Bytes of the first piece that were played. */
    private int played;

    private int waiting;
    private boolean over;

    /** Somebody listens from now on, unless it is too late or there are too many already. */
    public void add(Ear ear) {
        if (over) {
            ear.end(OVER);
        } else if (ears.size() >= MOST_EARS) {
            ear.end("too many listen to this call");
        } else {
            ears.add(ear);
        }
    }

    /** Somebody has left. */
    public void remove(Ear ear) {
        ears.remove(ear);
        if (ears.isEmpty()) {
            forgetAhead();
        }
    }

    /** A frame of the caller, base64 of mu-law. */
    public void caller(String payload) {
        if (ears.isEmpty()) {
            return;
        }
        byte[] sound = decoded(payload);
        tell(CALLER, sound, 0, sound.length);
        play(sound.length);
    }

    /** Agent speech was sent to the caller, base64 of mu-law. */
    public void agent(String payload) {
        if (ears.isEmpty()) {
            return;
        }
        byte[] sound = decoded(payload);
        ahead.addLast(sound);
        waiting += sound.length;
        while (waiting > MOST_AHEAD) {
            waiting -= ahead.removeFirst().length - played;
            played = 0;
        }
    }

    /** The caller cut in: what was not played yet never will be. */
    public void cleared() {
        forgetAhead();
    }

    /** The call is over. */
    public void end() {
        over = true;
        List<Ear> all = List.copyOf(ears);
        ears.clear();
        forgetAhead();
        all.forEach(ear -> ear.end(OVER));
    }

    private void play(int bytes) {
        int left = bytes;
        while (left > 0 && !ahead.isEmpty()) {
            byte[] first = ahead.getFirst();
            int now = Math.min(left, first.length - played);
            tell(AGENT, first, played, now);
            left -= now;
            waiting -= now;
            played += now;
            if (played == first.length) {
                ahead.removeFirst();
                played = 0;
            }
        }
    }

    private void tell(byte who, byte[] sound, int from, int length) {
        if (length > 0) {
            Buffer message = Buffer.buffer(1 + length).appendByte(who).appendBytes(sound, from, length);
            for (Ear ear : ears) {
                ear.hear(message);
            }
        }
    }

    private void forgetAhead() {
        ahead.clear();
        played = 0;
        waiting = 0;
    }

    private static byte[] decoded(String payload) {
        try {
            return Base64.getDecoder().decode(payload);
        } catch (IllegalArgumentException notBase64) {
            return new byte[0];
        }
    }
}

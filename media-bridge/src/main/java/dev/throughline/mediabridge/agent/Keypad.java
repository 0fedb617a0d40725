package dev.throughline.mediabridge.agent;

import java.util.Optional;

/**
 * The keys the caller presses, gathered into one message: a number typed in one go is one thing to say, and twelve messages would be
 * twelve answers. One call, one thread. Times by {@link System#nanoTime}.
 */
public final class Keypad {

    /** Longer than between two keys of a practised finger, shorter than a caller's patience. */
    static final long PAUSE_NANOS = 800_000_000L;

    static final int MOST_KEYS = 32;
    private static final String KEYS = "0123456789*#";

    private final StringBuilder keys = new StringBuilder();
    private long lastNanos;

    /** A key; ignored when a phone has none like it, or when far too many wait. */
    public void press(String key, long nowNanos) {
        if (key.length() == 1 && KEYS.contains(key) && keys.length() < MOST_KEYS) {
            keys.append(key);
            lastNanos = nowNanos;
        }
    }

    /** The message for the agent, once the caller has paused or ended with {@code #}; empty before. */
    public Optional<String> message(long nowNanos) {
        boolean over = keys.length() > 0
                && (keys.length() == MOST_KEYS
                        || keys.charAt(keys.length() - 1) == '#'
                        || nowNanos - lastNanos >= PAUSE_NANOS);
        if (!over) {
            return Optional.empty();
        }
        String pressed = String.join(" ", keys.toString().split(""));
        keys.setLength(0);
        return Optional.of("The caller pressed " + pressed + " on the phone's keypad.");
    }
}

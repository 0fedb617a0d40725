package dev.throughline.simulator.twilio.call;

/** Where a script's speech comes from. */
@FunctionalInterface
public interface ClipSource {

    /** Raw mu-law of the caller's clip {@code id}; throws {@link java.util.NoSuchElementException} for an unknown one. */
    byte[] caller(String id);
}

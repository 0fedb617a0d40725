package dev.throughline.mediabridge.listen;

import io.vertx.core.buffer.Buffer;

/** One who listens to a call. Called on the call's event loop; must not block and never makes the call wait. */
public interface Ear {

    /** @param sound first byte 0 for the caller's voice, 1 for the agent's, then mu-law of 8 kHz */
    void hear(Buffer sound);

    /** There is nothing more to hear, and why; called once, last. */
    void end(String reason);
}

package dev.throughline.mediabridge.session;

/**
 * Audio messages of one call for which there was no room, by the buffer that was full.
 *
 * @param waiting of the caller, while the agent was not ready: more than {@code throughline.bridge.max-early-frames} of them came
 * @param toAgent of the caller, because the agent did not read ({@code throughline.elevenlabs.socket-queue-messages})
 * @param toCaller of the agent, because the caller's side did not read, or had not begun ({@code throughline.bridge.max-queued-audio})
 */
record Dropped(long waiting, long toAgent, long toCaller) {

    static final Dropped NOTHING = new Dropped(0, 0, 0);

    long total() {
        return waiting + toAgent + toCaller;
    }

    Dropped plus(Dropped more) {
        return new Dropped(waiting + more.waiting, toAgent + more.toAgent, toCaller + more.toCaller);
    }
}

package dev.throughline.simulator.twilio.call;

import java.util.concurrent.CompletableFuture;

/** Where the leg a {@code <Dial>} called waits for the caller and stays while the two talk. */
final class DialBridge implements TwimlSource.Place {

    private static final long MAX_MILLIS = 24 * 60 * 60 * 1000L;

    private final CompletableFuture<LiveCall> ready = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();
    private final CompletableFuture<Void> over = new CompletableFuture<>();

    /** Completes with the leg that may be connected: answered, and done with its own TwiML. */
    CompletableFuture<LiveCall> ready() {
        return ready;
    }

    /** Completes when the called leg is gone. */
    CompletableFuture<Void> left() {
        return left;
    }

    /** The caller's side is done. */
    void end() {
        over.complete(null);
    }

    @Override
    public void stay(LiveCall leg) throws CallInterrupted {
        ready.complete(leg);
        leg.bridged(true);
        try {
            leg.await(over, MAX_MILLIS);
        } finally {
            leg.bridged(false);
            left.complete(null);
        }
    }
}

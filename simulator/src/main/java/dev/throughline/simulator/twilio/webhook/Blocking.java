package dev.throughline.simulator.twilio.webhook;

import io.vertx.core.Future;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for Vert.x futures on virtual threads. Never call it on an event loop. */
final class Blocking {

    private Blocking() {}

    /** The future's value. Throws what it failed with, or {@link TimeoutException} after {@code millis}. */
    static <T> T await(Future<T> future, long millis) throws Exception {
        try {
            return future.toCompletionStage().toCompletableFuture().get(Math.max(millis, 1), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof Exception cause ? cause : e;
        }
    }
}

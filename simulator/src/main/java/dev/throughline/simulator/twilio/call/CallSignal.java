package dev.throughline.simulator.twilio.call;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * How a call's runner waits, and how other threads break into its waiting. A replacement of the TwiML is taken once; a hang-up is
 * final and throws from every wait after it.
 */
final class CallSignal {

    private CompletableFuture<Interruption> current = new CompletableFuture<>();

    /** Breaks in, unless the call was hung up before. */
    synchronized void raise(Interruption interruption) {
        if (current.isDone() && current.join() instanceof Interruption.HangUp) {
            return;
        }
        if (!current.complete(interruption)) {
            current = CompletableFuture.completedFuture(interruption);
        }
    }

    void pause(long millis) throws CallInterrupted {
        await(new CompletableFuture<Void>().completeOnTimeout(null, millis, TimeUnit.MILLISECONDS), millis + 5_000);
    }

    void check() throws CallInterrupted {
        if (current().isDone()) {
            throw taken();
        }
    }

    <T> T await(CompletableFuture<T> future, long maxMillis) throws CallInterrupted {
        CompletableFuture<Interruption> raised = current();
        try {
            CompletableFuture.anyOf(future, raised).get(maxMillis, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new CallInterrupted(new Interruption.HangUp("time limit"));
        } catch (InterruptedException | ExecutionException e) {
            throw new CallInterrupted(new Interruption.HangUp("simulator stopped"));
        }
        if (raised.isDone()) {
            throw taken();
        }
        return future.join();
    }

    private synchronized CompletableFuture<Interruption> current() {
        return current;
    }

    private synchronized CallInterrupted taken() {
        Interruption interruption = current.join();
        if (interruption instanceof Interruption.Replace) {
            current = new CompletableFuture<>();
        }
        return new CallInterrupted(interruption);
    }
}

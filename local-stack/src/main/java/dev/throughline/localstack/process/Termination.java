package dev.throughline.localstack.process;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Ends a process: asks first, insists after a while. */
public final class Termination {

    private Termination() {}

    /**
     * Asks {@code process} to end and kills it when it has not within {@code patience}.
     *
     * @param byInterrupt asks with SIGINT instead of SIGTERM: PostgreSQL's "fast" shutdown, which does not wait for its clients
     */
    public static void end(ProcessHandle process, Duration patience, boolean byInterrupt) {
        if (!byInterrupt || !interrupt(process.pid())) {
            process.destroy();
        }
        if (!awaitExit(process, patience)) {
            process.destroyForcibly();
            awaitExit(process, Duration.ofSeconds(5));
        }
    }

    /** Whether {@code process} ended within {@code patience}. */
    public static boolean awaitExit(ProcessHandle process, Duration patience) {
        try {
            process.onExit().get(patience.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return !process.isAlive();
        } catch (ExecutionException e) {
            throw new IllegalStateException("waiting for a process does not fail", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return !process.isAlive();
        }
    }

    private static boolean interrupt(long pid) {
        try {
            return new ProcessBuilder("kill", "-INT", Long.toString(pid))
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

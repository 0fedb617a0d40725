package dev.throughline.localstack.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/** Ends a process: asks first, insists after a while. */
public final class Termination {

    private static final Duration INTERVAL = Duration.ofMillis(25);

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

    /** Whether {@code process} ended within {@code patience}. Polls: the JDK's own wait for a process that is no child is seconds late. */
    public static boolean awaitExit(ProcessHandle process, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (isRunning(process)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            try {
                Thread.sleep(INTERVAL);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return !isRunning(process);
            }
        }
        return true;
    }

    /**
     * Whether {@code process} still does anything. One that has ended and was not yet waited for by its parent (state Z in {@code
     * /proc/<pid>/stat}, proc(5)) counts as alive to the JDK, not to us.
     */
    static boolean isRunning(ProcessHandle process) {
        if (!process.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
            return !stat.startsWith(" Z", stat.lastIndexOf(')') + 1);
        } catch (IOException e) {
            // No /proc (macOS), or gone in this moment, which the next look will tell.
            return process.isAlive();
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

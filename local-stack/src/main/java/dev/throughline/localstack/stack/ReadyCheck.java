package dev.throughline.localstack.stack;

import dev.throughline.localstack.process.ManagedProcess;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;

/** Waits for a process to be ready, and notices at once when it ends instead. */
final class ReadyCheck {

    /** How long a part may take; five services start side by side on two cores in a tenth of it when nothing else runs. */
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private static final Duration INTERVAL = Duration.ofMillis(100);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1))
            .build();

    private ReadyCheck() {}

    /** One look: whether the part is ready. */
    @FunctionalInterface
    interface Probe {
        boolean ready() throws InterruptedException;
    }

    /** A probe that is true when {@code url} answers 200. */
    static Probe http(String url) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url))
                .timeout(Duration.ofSeconds(3))
                .build();
        return () -> {
            try {
                return CLIENT.send(request, HttpResponse.BodyHandlers.discarding())
                                .statusCode()
                        == 200;
            } catch (IOException e) {
                return false;
            }
        };
    }

    /**
     * Returns when {@code probe} is true.
     *
     * @throws PartFailure when the process ends first or the patience does
     */
    static void await(ManagedProcess process, Probe probe) throws PartFailure, InterruptedException {
        Instant deadline = Instant.now().plus(PATIENCE);
        while (true) {
            if (!process.isAlive()) {
                throw new PartFailure(
                        process.name(),
                        "stopped while starting, with exit status " + process.exitStatus() + ".",
                        process.log(),
                        null);
            }
            if (probe.ready()) {
                return;
            }
            if (Instant.now().isAfter(deadline)) {
                throw new PartFailure(
                        process.name(),
                        "was not ready after " + PATIENCE.toSeconds() + " seconds.",
                        process.log(),
                        null);
            }
            Thread.sleep(INTERVAL);
        }
    }
}

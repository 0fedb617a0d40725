package dev.throughline.localstack.http;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Looks again and again until there is something to see. */
public final class Polling {

    private static final Duration INTERVAL = Duration.ofMillis(25);

    private Polling() {}

    /** One look; empty means "not yet". */
    @FunctionalInterface
    public interface Look<T> {
        Optional<T> look() throws IOException, InterruptedException;
    }

    /** What {@code look} saw first; empty when it saw nothing within {@code patience}. Its failures end the polling. */
    public static <T> Optional<T> until(Duration patience, Look<T> look) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(patience);
        while (true) {
            Optional<T> seen = look.look();
            if (seen.isPresent() || Instant.now().isAfter(deadline)) {
                return seen;
            }
            Thread.sleep(INTERVAL);
        }
    }
}

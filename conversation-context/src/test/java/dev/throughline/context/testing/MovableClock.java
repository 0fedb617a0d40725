package dev.throughline.context.testing;

import io.quarkus.test.Mock;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** The services' clock: the system's, until a test stops it at an instant. */
@Mock
@Singleton
public class MovableClock extends Clock {

    private volatile @Nullable Instant stopped;

    /** @param instant null: it goes again */
    public void stopAt(@Nullable Instant instant) {
        stopped = instant;
    }

    @Override
    public Instant instant() {
        Instant still = stopped;
        return still == null ? Instant.now() : still;
    }

    @Override
    public ZoneId getZone() {
        return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
        throw new UnsupportedOperationException("the services' clock is read in UTC");
    }
}

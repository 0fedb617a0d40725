package dev.throughline.sms.inbound;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.concurrent.TimeUnit;

/** How long texts take the database. */
@ApplicationScoped
class StoreTimer {

    private final Timer timer;

    StoreTimer(MeterRegistry metrics) {
        this.timer = Timer.builder("throughline.sms.store")
                .description("The database's part in the answer to a text's webhook, waiting for its turn included")
                .publishPercentiles(0.5, 0.99)
                .register(metrics);
    }

    /** One text more. @param began by {@link System#nanoTime} */
    void endOf(long began) {
        timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    }
}

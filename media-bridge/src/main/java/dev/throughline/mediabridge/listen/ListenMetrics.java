package dev.throughline.mediabridge.listen;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Listeners in numbers. In Prometheus {@code throughline_bridge_listeners}, now, and {@code throughline_bridge_listener_frames_lost_total}, which
 * they read too slowly to get.
 */
@Singleton
final class ListenMetrics {

    private final AtomicInteger listeners;
    private final Counter lost;

    ListenMetrics(MeterRegistry metrics) {
        this.listeners = metrics.gauge("throughline.bridge.listeners", new AtomicInteger());
        this.lost = metrics.counter("throughline.bridge.listener.frames.lost");
    }

    void began() {
        listeners.incrementAndGet();
    }

    void ended(long framesLost) {
        listeners.decrementAndGet();
        lost.increment((double) framesLost);
    }
}

package dev.throughline.telephony.call;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.function.Supplier;

/** What is counted and timed of calls. */
@Singleton
public final class CallMetrics {

    private final MeterRegistry metrics;

    CallMetrics(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    /** Counts a call by how it was answered. */
    public void answered(String outcome) {
        metrics.counter("throughline.calls", "outcome", outcome).increment();
    }

    /** Counts a call that came a way it should not have come; {@code what} is one of a few words. */
    public void misconfigured(String what) {
        metrics.counter("throughline.calls.misconfigured", "what", what).increment();
    }

    /** Counts the calls ElevenLabs was asked to take. */
    public void registered(boolean taken) {
        metrics.counter("throughline.calls.registered", "taken", Boolean.toString(taken))
                .increment();
    }

    /** Counts what became of a stream. */
    public void stream(String event) {
        metrics.counter("throughline.streams", "event", event).increment();
    }

    /** Times a webhook from its verified form to its answer. */
    public <T> Uni<T> timed(String webhook, Supplier<Uni<? extends T>> answer) {
        long begun = System.nanoTime();
        return Uni.createFrom().deferred(answer).onTermination().invoke(() -> Timer.builder("throughline.webhook")
                .tag("webhook", webhook)
                .publishPercentileHistogram()
                .register(metrics)
                .record(Duration.ofNanos(System.nanoTime() - begun)));
    }
}

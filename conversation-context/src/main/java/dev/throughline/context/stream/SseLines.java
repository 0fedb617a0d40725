package dev.throughline.context.stream;

import dev.throughline.platform.web.Problem;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.core.Vertx;
import jakarta.inject.Singleton;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Keeps a client's line: beats, drops it when it stalls, ends it when its token does, and forgets it when it goes. There from the start, so that
 * its gauge says 0 before the first page comes.
 */
@Singleton
@Startup
class SseLines {

    private final Vertx vertx;
    private final StreamConfig config;
    private final AtomicInteger open = new AtomicInteger();

    SseLines(Vertx vertx, StreamConfig config, MeterRegistry metrics) {
        this.vertx = vertx;
        this.config = config;
        metrics.gauge("throughline.stream.clients", open);
    }

    /** @throws Problem 503 when this replica has all the clients it may have */
    void requireRoom() {
        if (open.get() >= config.clients()) {
            throw Problem.unavailable("This server has as many listeners as it can take; try again.");
        }
    }

    /** What a client gets at once: where it stands, so that it can resume even if nothing happens, and how long to wait. */
    OutboundSseEvent opening(Sse sse, String id) {
        return sse.newEventBuilder()
                .comment("open")
                .id(id)
                .reconnectDelay(config.retry().toMillis())
                .build();
    }

    /**
     * A client's events for as long as it stays.
     *
     * @param expires when its token ends, Unix seconds
     * @param follow makes its follower
     * @param on subscribes the follower's wake-up to changes
     * @param off takes it back
     */
    Multi<OutboundSseEvent> open(
            Sse sse,
            long expires,
            Function<MultiEmitter<? super OutboundSseEvent>, LogFollower> follow,
            Consumer<Runnable> on,
            Consumer<Runnable> off) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            LogFollower follower = follow.apply(emitter);
                            Runnable wake = follower::wake;
                            on.accept(wake);
                            open.incrementAndGet();
                            long timer = vertx.setPeriodic(
                                    config.heartbeat().toMillis(), id -> beat(sse, expires, follower, emitter));
                            emitter.onTermination(() -> {
                                open.decrementAndGet();
                                off.accept(wake);
                                vertx.cancelTimer(timer);
                                follower.close();
                            });
                            emitter.onRequest(count -> follower.pump());
                            follower.pump();
                        },
                        BackPressureStrategy.ERROR);
    }

    private void beat(Sse sse, long expires, LogFollower follower, MultiEmitter<? super OutboundSseEvent> emitter) {
        if (follower.isStalled(config.stalled())) {
            emitter.fail(new IllegalStateException("the client does not read"));
        } else if (expires > 0 && Instant.now().getEpochSecond() >= expires) {
            emitter.complete();
        } else {
            // Looking again costs one indexed read and covers a signal that was lost.
            follower.wake();
            follower.beat(sse.newEventBuilder().comment("beat").build());
        }
    }
}

package dev.throughline.context.projection;

import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Publishing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Publishes on {@code lead-contexts-v1} what is known of the leads that changed, as it stands then, at least once and never an older
 * context after a newer one: one replica at a time does it, under a lock of the database that ends with its connection.
 */
@Startup
@Singleton
public class ContextPublisher {

    private static final Logger LOG = Logger.getLogger(ContextPublisher.class);

    /** How soon what a replica left that died is looked for. */
    private static final Duration LOOK = Duration.ofSeconds(2);

    /** How soon leads are published that may change again at once. */
    private static final Duration CALM = Duration.ofMillis(500);

    private static final Duration PUBLISH = Duration.ofSeconds(20);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    private static final Duration MAX_BACKOFF = Duration.ofSeconds(5);
    private static final Duration STOP = Duration.ofSeconds(5);

    private final DueContexts due;
    private final KafkaClients clients;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicLong oldestMillis = new AtomicLong();
    private final Thread thread =
            Thread.ofPlatform().name("context-publisher").daemon().unstarted(this::run);
    private volatile boolean stopping;
    private volatile long lastRoundNanos = System.nanoTime();

    ContextPublisher(DueContexts due, KafkaClients clients, MeterRegistry metrics) {
        this.due = due;
        this.clients = clients;
        metrics.gauge("throughline.contexts.oldest.age.millis", oldestMillis);
    }

    @PostConstruct
    void start() {
        thread.start();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        wake();
        thread.join(STOP);
        thread.interrupt();
    }

    /** There is something to publish. Cheap, from any thread. */
    public void wake() {
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    /** There is something to publish that may be outdated in a moment: it can wait for a moment. */
    void wakeInAMoment() {
        if (System.nanoTime() - lastRoundNanos > CALM.toNanos()) {
            wake();
        }
    }

    private void run() {
        Duration backoff = FIRST_BACKOFF;
        try (Publishing publishing = Publishing.open(clients, "contexts", PUBLISH)) {
            while (!stopping) {
                try {
                    DueContexts.Round round = due.publish(publishing);
                    lastRoundNanos = System.nanoTime();
                    oldestMillis.set(round.oldestAgeMillis());
                    backoff = FIRST_BACKOFF;
                    if (!round.more() && wake.tryAcquire(LOOK.toMillis(), TimeUnit.MILLISECONDS)) {
                        wake.drainPermits();
                    }
                } catch (RuntimeException e) {
                    LOG.warnf("contexts not published, beginning again, reason=%s", e.getMessage());
                    wake.tryAcquire(backoff.toMillis(), TimeUnit.MILLISECONDS);
                    backoff =
                            backoff.multipliedBy(2).compareTo(MAX_BACKOFF) < 0 ? backoff.multipliedBy(2) : MAX_BACKOFF;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

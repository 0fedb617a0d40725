package dev.throughline.platform.outbox;

import dev.throughline.platform.kafka.KafkaClients;
import dev.throughline.platform.kafka.Publishing;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Publishes what stands in the outbox, in id order per key, at least once. One replica at a time leads: it holds a transaction-scoped
 * advisory lock for the length of a round, so a leader that dies frees it by losing its connection. A round reads a batch, publishes it,
 * waits for every acknowledgement and deletes exactly what was acknowledged; a crash between the two publishes again.
 *
 * <p>Woken by {@code NOTIFY} at commit, by {@link #wake()}, and by a slow poll in case a notification was lost.
 */
@Startup
@Singleton
public class OutboxRelay {

    private static final Logger LOG = Logger.getLogger(OutboxRelay.class);
    private static final Duration FIRST_BACKOFF = Duration.ofMillis(100);
    /** How soon to look again when another replica's round was under way, which may have missed what this one was woken for. */
    private static final Duration LOOK_AGAIN = Duration.ofMillis(50);

    /** How often what waits is counted: that costs more the more it is. */
    private static final Duration COUNTING = Duration.ofSeconds(1);

    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final OutboxStore store;
    private final OutboxWakeUp notifications;
    private final OutboxConfig config;
    private final KafkaClients clients;
    private final Semaphore wake = new Semaphore(0);
    private final AtomicLong waiting = new AtomicLong();
    private final AtomicLong oldestMillis = new AtomicLong();
    private final Thread thread;
    private long measured = System.nanoTime() - COUNTING.toNanos();
    private volatile boolean stopping;

    @Inject
    protected OutboxRelay(
            OutboxStore store,
            OutboxWakeUp notifications,
            OutboxConfig config,
            KafkaClients clients,
            MeterRegistry metrics) {
        this.store = store;
        this.notifications = notifications;
        this.config = config;
        this.clients = clients;
        metrics.gauge("throughline.outbox.waiting", waiting);
        metrics.gauge("throughline.outbox.oldest.age.millis", oldestMillis);
        this.thread = Thread.ofPlatform().name("outbox-relay").daemon().unstarted(this::run);
    }

    @PostConstruct
    void start() {
        notifications.listen(this::wake);
        thread.start();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        wake();
        notifications.close();
        thread.join(STOP_TIMEOUT);
        thread.interrupt();
    }

    /** Looks at the outbox now. Cheap, from any thread; of use right after a commit of this process. */
    public void wake() {
        // One permit is enough: a round reads everything that is there.
        if (wake.availablePermits() == 0) {
            wake.release();
        }
    }

    private void run() {
        Duration backoff = FIRST_BACKOFF;
        try (Publishing publishing = Publishing.open(clients, "outbox", config.publishTimeout())) {
            while (!stopping) {
                long began = System.nanoTime();
                try {
                    OutboxStore.Round round = store.round(publishing, config.batch());
                    backoff = FIRST_BACKOFF;
                    measure();
                    if (!round.more()) {
                        await(round.led() ? config.poll() : LOOK_AGAIN);
                        pace(began);
                    }
                } catch (OutboxStore.RoundFailedException e) {
                    LOG.warnf("outbox round failed, beginning again, reason=%s", e.getMessage());
                    pause(backoff);
                    backoff = backoff.multipliedBy(2).compareTo(config.maxBackoff()) < 0
                            ? backoff.multipliedBy(2)
                            : config.maxBackoff();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void measure() throws OutboxStore.RoundFailedException {
        long now = System.nanoTime();
        if (now - measured >= COUNTING.toNanos()) {
            measured = now;
            OutboxStore.Waiting left = store.waiting();
            waiting.set(left.rows());
            oldestMillis.set(left.oldestAgeMillis());
        }
    }

    private void await(Duration atMost) throws InterruptedException {
        if (wake.tryAcquire(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            wake.drainPermits();
        }
    }

    private void pace(long began) throws InterruptedException {
        long rest = config.pace().toNanos() - (System.nanoTime() - began);
        if (rest > 0 && !stopping) {
            TimeUnit.NANOSECONDS.sleep(rest);
        }
        // Whoever woke it meanwhile has its events in the next round.
        wake.drainPermits();
    }

    private void pause(Duration duration) throws InterruptedException {
        long until = System.nanoTime() + duration.toNanos();
        while (!stopping && System.nanoTime() - until < 0) {
            Thread.sleep(20);
        }
    }
}

package dev.throughline.context.followup;

import dev.throughline.context.followup.FollowUpRows.Kept;
import dev.throughline.platform.tenant.TenantDirectory;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jboss.logging.Logger;

/**
 * Does what is due. Sleeps until the next follow-up's time by the database's clock, or until it is woken; a replica that dies leaves its
 * follow-ups to the others, which look at least every {@link FollowUpConfig#maxSleep()}.
 */
@Singleton
class FollowUpWorker {

    private static final Logger LOG = Logger.getLogger(FollowUpWorker.class);
    private static final Duration NOT_READY = Duration.ofSeconds(1);
    private static final Duration TROUBLE = Duration.ofSeconds(5);
    private static final long NO_TIMER = -1;

    private final FollowUpRepository repository;
    private final FollowUpDoing doing;
    private final TenantDirectory tenants;
    private final FollowUpConfig config;
    private final Vertx vertx;
    /** Above zero while a round is under way; grows when somebody wakes the worker meanwhile. */
    private final AtomicInteger wakes = new AtomicInteger();

    private final AtomicLong timer = new AtomicLong(NO_TIMER);
    private volatile boolean stopping;

    FollowUpWorker(
            FollowUpRepository repository,
            FollowUpDoing doing,
            TenantDirectory tenants,
            FollowUpConfig config,
            Vertx vertx) {
        this.repository = repository;
        this.doing = doing;
        this.tenants = tenants;
        this.config = config;
        this.vertx = vertx;
    }

    void start(@Observes StartupEvent event) {
        wake();
    }

    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        cancelTimer();
    }

    /** Looks now. Cheap, from any thread. */
    void wake() {
        if (!stopping && wakes.getAndIncrement() == 0) {
            round();
        }
    }

    private void round() {
        int seen = wakes.get();
        Uni<Duration> sleep = tenants.isWarm()
                ? due().chain(repository::untilNext).map(next -> next.orElse(config.maxSleep()))
                : Uni.createFrom().item(NOT_READY);
        sleep.subscribe().with(next -> ended(seen, next), failure -> {
            LOG.warnf(
                    "follow-ups could not be looked at, reason=%s",
                    failure.getClass().getSimpleName());
            ended(seen, TROUBLE);
        });
    }

    private Uni<Void> due() {
        return repository.claim(config.atOnce(), config.lease()).chain(this::doAll);
    }

    private Uni<Void> doAll(List<Kept> taken) {
        if (taken.isEmpty() || stopping) {
            return Uni.createFrom().voidItem();
        }
        return Uni.join()
                .all(taken.stream().map(doing::one).toList())
                .andFailFast()
                .chain(this::due);
    }

    private void ended(int seen, Duration sleep) {
        if (stopping) {
            return;
        }
        if (wakes.compareAndSet(seen, 0)) {
            sleep(sleep);
        } else {
            wakes.set(1);
            round();
        }
    }

    private void sleep(Duration wanted) {
        Duration atMost = wanted.compareTo(config.maxSleep()) < 0 ? wanted : config.maxSleep();
        cancelTimer();
        timer.set(vertx.setTimer(Math.max(1, atMost.toMillis()), fired -> wake()));
    }

    private void cancelTimer() {
        long set = timer.getAndSet(NO_TIMER);
        if (set != NO_TIMER) {
            vertx.cancelTimer(set);
        }
    }
}

package dev.throughline.sms.inbound;

import dev.throughline.platform.outage.DatabaseAway;
import dev.throughline.platform.outbox.OutboxRecord;
import dev.throughline.platform.outbox.OutboxRelay;
import dev.throughline.platform.web.Problem;
import dev.throughline.sms.SmsConfig;
import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stores texts as they come: at once while the database keeps up, and otherwise together with the others that came while the last
 * statement was under way, in one statement and one commit. No text waits for another to come, and a lead's are stored in their order.
 * Only a statement that is held up, by a lead somebody else has, is overtaken by the next.
 */
@ApplicationScoped
class TextBatches {

    /** Statements at once, of which all but the last are held up: two that are not would only share the disk's commits. */
    private static final int MOST_STATEMENTS = 4;

    private static final int MOST_TEXTS = 64;
    /** Beyond it the sender is told to come back: it would not be answered in time. */
    private static final int MOST_WAITING = 5_000;

    private static final Duration HELD_UP = Duration.ofMillis(100);

    private final Pool pool;
    private final InboundTexts texts;
    private final Runnable afterStoring;
    private final StoreTimer timer;
    private final Limits limits;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;
    private long lastBegan;
    private boolean lookingAgain;

    @Inject
    TextBatches(Pool pool, InboundTexts texts, OutboxRelay relay, StoreTimer timer, SmsConfig config) {
        this(pool, texts, relay::wake, timer, new Limits(config.storeTimeout(), HELD_UP));
    }

    TextBatches(Pool pool, InboundTexts texts, Runnable afterStoring, StoreTimer timer, Limits limits) {
        this.pool = pool;
        this.texts = texts;
        this.afterStoring = afterStoring;
        this.timer = timer;
        this.limits = limits;
    }

    /**
     * Limits of time.
     *
     * @param patience how long a text may take to be stored
     * @param heldUp after which a statement no longer keeps the next from beginning
     */
    record Limits(Duration patience, Duration heldUp) {}

    /**
     * A text and its event, new or not.
     *
     * @param since when it came, by {@link System#nanoTime}
     */
    record Arrival(InboundText text, InboundTexts.State state, OutboxRecord event, long since) {}

    private record Waiting(Arrival arrival, UniEmitter<? super Void> done) {

        String sid() {
            return arrival.text().messageSid();
        }

        boolean isLate(Duration patience) {
            return System.nanoTime() - arrival.since() > patience.toNanos();
        }
    }

    /**
     * Stores the text with its event, unless it is there already; completes when both are durable.
     *
     * @return fails with a {@link Problem} 503 when too many wait, with a {@link TimeoutException} when it takes too long
     */
    Uni<Void> store(Arrival arrival) {
        return Uni.createFrom().emitter(done -> {
            boolean taken;
            synchronized (this) {
                taken = waiting.size() < MOST_WAITING && waiting.add(new Waiting(arrival, done));
            }
            if (taken) {
                begin();
                lookAgain();
            } else {
                done.fail(Problem.unavailable("Too many texts wait to be stored."));
            }
        });
    }

    private void begin() {
        List<Waiting> batch;
        while (!(batch = next()).isEmpty()) {
            write(batch);
        }
    }

    /** What waits for a statement that is held up is looked after; once for all of it. */
    private void lookAgain() {
        synchronized (this) {
            if (lookingAgain || waiting.isEmpty()) {
                return;
            }
            lookingAgain = true;
        }
        var unused = Infrastructure.getDefaultWorkerPool()
                .schedule(
                        () -> {
                            synchronized (this) {
                                lookingAgain = false;
                            }
                            begin();
                            lookAgain();
                        },
                        limits.heldUp().toMillis(),
                        TimeUnit.MILLISECONDS);
    }

    /** The next batch, which counts as under way; empty when there is none, or no statement may begin. */
    private synchronized List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        long now = System.nanoTime();
        boolean goesOn = underWay > 0 && now - lastBegan < limits.heldUp().toNanos();
        if (goesOn || underWay == MOST_STATEMENTS) {
            return batch;
        }
        // A repeat of a text beside it waits for the next batch, and is a repeat then.
        Set<String> sids = new HashSet<>();
        Iterator<Waiting> each = waiting.iterator();
        while (each.hasNext() && batch.size() < MOST_TEXTS) {
            Waiting one = each.next();
            if (sids.add(one.sid())) {
                batch.add(one);
                each.remove();
            }
        }
        if (!batch.isEmpty()) {
            underWay++;
            lastBegan = now;
        }
        return batch;
    }

    private void write(List<Waiting> batch) {
        // Twilio may have given up on those that waited too long; it repeats them.
        List<Waiting> late =
                batch.stream().filter(one -> one.isLate(limits.patience())).toList();
        List<Waiting> timely = late.isEmpty()
                ? batch
                : batch.stream().filter(one -> !late.contains(one)).toList();
        late.forEach(one -> done(one, new TimeoutException()));
        if (timely.isEmpty()) {
            end(timely, null);
        } else {
            store(timely).subscribe().with(stored -> end(timely, null), failure -> end(timely, failure));
        }
    }

    private Uni<Void> store(List<Waiting> batch) {
        return texts.store(pool, batch.stream().map(Waiting::arrival).toList())
                .ifNoItem()
                .after(limits.patience())
                .fail();
    }

    private void end(List<Waiting> batch, @Nullable Throwable failure) {
        if (failure != null
                && batch.size() > 1
                && !DatabaseAway.isCause(failure)
                && !(failure instanceof TimeoutException)) {
            // One of them cannot be stored: it must not keep the others from it.
            alone(batch, 0);
            return;
        }
        synchronized (this) {
            underWay--;
        }
        begin();
        if (failure == null) {
            afterStoring.run();
        }
        batch.forEach(one -> done(one, failure));
    }

    /** Each by itself, in their order, from this one on; then the others that wait. */
    private void alone(List<Waiting> batch, int index) {
        if (index == batch.size()) {
            end(List.of(), null);
            return;
        }
        Waiting one = batch.get(index);
        store(List.of(one))
                .subscribe()
                .with(stored -> alone(batch, index, null), failure -> alone(batch, index, failure));
    }

    private void alone(List<Waiting> batch, int index, @Nullable Throwable failure) {
        done(batch.get(index), failure);
        alone(batch, index + 1);
    }

    private void done(Waiting one, @Nullable Throwable failure) {
        timer.endOf(one.arrival().since());
        if (failure == null) {
            one.done().complete(null);
        } else {
            one.done().fail(failure);
        }
    }
}

package dev.throughline.sms.inbound;

import dev.throughline.events.RecordedEvent;
import dev.throughline.platform.outage.DatabaseAway;
import dev.throughline.platform.web.Problem;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Stores texts as they come: at once while the database keeps up, and otherwise together with the others that wait, in one statement and
 * one commit. No text waits for another to come.
 */
@ApplicationScoped
class TextBatches {

    /** Statements at once: more would only share the disk's commits among smaller batches. */
    private static final int MOST_STATEMENTS = 4;

    private static final int MOST_TEXTS = 64;
    /** Beyond it the sender is told to come back: it would not be answered in time. */
    private static final int MOST_WAITING = 5_000;

    private final Pool pool;
    private final InboundTexts texts;
    private final Deque<Waiting> waiting = new ArrayDeque<>();
    private int underWay;

    TextBatches(Pool pool, InboundTexts texts) {
        this.pool = pool;
        this.texts = texts;
    }

    /** A text and its event, new or not. */
    record Arrival(InboundText text, InboundTexts.State state, RecordedEvent event) {}

    private record Waiting(Arrival arrival, UniEmitter<? super Void> done) {

        String sid() {
            return arrival.text().messageSid();
        }
    }

    /**
     * Stores the text with its event, unless it is there already; completes when both are durable.
     *
     * @return fails with a {@link Problem} 503 when too many wait
     */
    Uni<Void> store(Arrival arrival) {
        return Uni.createFrom().emitter(done -> {
            boolean taken;
            synchronized (this) {
                taken = waiting.size() < MOST_WAITING && waiting.add(new Waiting(arrival, done));
            }
            if (taken) {
                begin();
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

    /** The next batch, which counts as under way; empty when there is none, or no statement may begin. */
    private synchronized List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        if (underWay == MOST_STATEMENTS) {
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
        underWay += batch.isEmpty() ? 0 : 1;
        return batch;
    }

    private void write(List<Waiting> batch) {
        store(batch).subscribe().with(stored -> end(batch, null), failure -> end(batch, failure));
    }

    private Uni<Void> store(List<Waiting> batch) {
        return texts.store(pool, batch.stream().map(Waiting::arrival).toList());
    }

    private void end(List<Waiting> batch, Throwable failure) {
        synchronized (this) {
            underWay--;
        }
        begin();
        if (failure == null) {
            batch.forEach(one -> one.done().complete(null));
        } else if (batch.size() == 1 || DatabaseAway.isCause(failure)) {
            batch.forEach(one -> one.done().fail(failure));
        } else {
            // One of them cannot be stored: it must not keep the others from it.
            batch.forEach(one -> store(List.of(one)).subscribe().with(one.done()::complete, one.done()::fail));
        }
    }
}

package dev.throughline.platform.rejection;

import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** The latest refused webhooks of this replica. At most one a second is explained: a flood of forgeries costs nothing, and says nothing new. */
@Singleton
public final class Rejections {

    private static final int MOST = 50;

    private final Clock clock;
    private final Deque<Rejection> latest = new ArrayDeque<>();

    private long explainedSecond = Long.MIN_VALUE;

    /** @param clock of the instants shown */
    @Inject
    public Rejections(Clock clock) {
        this.clock = clock;
    }

    /** Keeps a refusal, unless one of this second is kept already. */
    public void add(Function<Instant, Rejection> explanation) {
        Instant now = clock.instant();
        if (isFirstOfItsSecond(now.getEpochSecond())) {
            keep(explanation.apply(now));
        }
    }

    /** The latest first. */
    public synchronized List<Rejection> latest() {
        return List.copyOf(latest);
    }

    private synchronized boolean isFirstOfItsSecond(long second) {
        boolean first = second != explainedSecond;
        explainedSecond = second;
        return first;
    }

    private synchronized void keep(Rejection rejection) {
        latest.addFirst(rejection);
        if (latest.size() > MOST) {
            latest.removeLast();
        }
    }
}

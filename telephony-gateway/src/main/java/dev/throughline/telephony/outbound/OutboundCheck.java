package dev.throughline.telephony.outbound;

import dev.throughline.telephony.briefing.Briefings;
import dev.throughline.telephony.call.Bounded;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.jboss.logging.Logger;

/**
 * Looks, until it is known, for calls whose request nobody answered or whose process died in the middle. Any replica may; a row is one
 * replica's at a time.
 */
@Singleton
final class OutboundCheck {

    private static final Logger LOG = Logger.getLogger(OutboundCheck.class);
    private static final int MOST_PER_RUN = 20;
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /** Longer than one look can take: lists, details and their retries. */
    private static final Duration CLAIMED_FOR = Duration.ofMinutes(2);

    private final OutboundRepository rows;
    private final LookUp lookUp;
    private final OutboundOutcomes outcomes;
    private final Briefings briefings;
    private final Pool pool;
    private final OutboundConfig config;
    private final Clock clock;

    OutboundCheck(
            OutboundRepository rows,
            LookUp lookUp,
            OutboundOutcomes outcomes,
            Briefings briefings,
            Pool pool,
            OutboundConfig config,
            Clock clock) {
        this.rows = rows;
        this.lookUp = lookUp;
        this.outcomes = outcomes;
        this.briefings = briefings;
        this.pool = pool;
        this.config = config;
        this.clock = clock;
    }

    @Scheduled(
            every = "${throughline.telephony.outbound.check-every:5s}",
            delayed = "2s",
            concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> run() {
        // Bounded, because a run that never ends would be the last.
        return Bounded.within(CLAIMED_FOR, next(MOST_PER_RUN)).onFailure().recoverWithItem(failure -> {
            LOG.warnf(
                    "calls out could not be checked, reason=%s",
                    failure.getClass().getSimpleName());
            return null;
        });
    }

    @Scheduled(every = "1h", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forgetBriefings() {
        return briefings
                .forget(clock.instant().minus(config.keepBriefings()))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "old briefings stay, reason=%s", failure.getClass().getSimpleName());
                    return null;
                });
    }

    private Uni<Void> next(int left) {
        if (left == 0) {
            return Uni.createFrom().voidItem();
        }
        Instant now = clock.instant();
        return rows.claim(pool, now, now.plus(CLAIMED_FOR))
                .chain(row -> row.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : check(row.get()).chain(() -> next(left - 1)));
    }

    private Uni<Void> check(OutboundRow row) {
        return lookUp.of(row).chain(trace -> {
            if (trace instanceof Trace.Found found) {
                return found(row, found);
            }
            if (!tooOld(row, trace)) {
                return again(row);
            }
            // A call that is known to exist is not given up, only no longer asked about.
            return row.state() == OutboundState.PLACED ? rows.nextCheck(pool, row.id(), null) : outcomes.notFound(row);
        });
    }

    private Uni<Void> found(OutboundRow row, Trace.Found found) {
        return outcomes.placed(row, found.callSid(), found.conversationId()).chain(() -> {
            if (found.callSid() != null) {
                return Uni.createFrom().voidItem();
            }
            return tooOld(row, found) ? rows.nextCheck(pool, row.id(), null) : again(row);
        });
    }

    private Uni<Void> again(OutboundRow row) {
        Instant next =
                clock.instant().plus(pause(config.checkPause(), row.progress().checks()));
        return row.state() == OutboundState.PLACING
                ? rows.unknown(pool, row.id(), next)
                : rows.nextCheck(pool, row.id(), next);
    }

    private boolean tooOld(OutboundRow row, Trace trace) {
        Duration patience = trace instanceof Trace.Unasked ? config.giveUpUnaskedAfter() : config.giveUpAfter();
        return Duration.between(row.createdAt(), clock.instant()).compareTo(patience) > 0;
    }

    /** {@code first · 2^(checks − 1)}, at most a minute. */
    static Duration pause(Duration first, int checks) {
        Duration pause = first.multipliedBy(1L << Math.min(Math.max(checks - 1, 0), 10));
        return pause.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause;
    }
}

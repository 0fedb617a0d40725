package dev.throughline.sms.answering;

import dev.throughline.sms.SmsConfig;
import dev.throughline.sms.inbound.InboundTexts;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;

/**
 * Sees to it that every lead with waiting texts is answered: one run per lead in this process, one process per lead by lease,
 * and as many runs at once as the configuration allows.
 */
@ApplicationScoped
public class Answering {

    private static final Logger LOG = Logger.getLogger(Answering.class);

    private static final Duration PATIENCE_AT_END = Duration.ofSeconds(2);

    private enum Run {
        BUSY,
        BUSY_AND_WOKEN
    }

    private final Pool pool;
    private final InboundTexts texts;
    private final LeadLeases leases;
    private final LeadAnswer answer;
    private final SmsConfig config;
    private final Clock clock;
    private final Map<UUID, Run> runs = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    Answering(Pool pool, InboundTexts texts, LeadLeases leases, LeadAnswer answer, SmsConfig config, Clock clock) {
        this.pool = pool;
        this.texts = texts;
        this.leases = leases;
        this.answer = answer;
        this.config = config;
        this.clock = clock;
    }

    /**
     * The lead has something new. Returns at once; a lead being answered gets another run afterwards, and one too many for
     * this process, or one that comes while it ends, is found by the next sweep, wherever that is.
     */
    public void wake(UUID leadId) {
        if (stopping || runs.size() >= config.maxConversations() && !runs.containsKey(leadId)) {
            return;
        }
        Run now = runs.merge(leadId, Run.BUSY, (had, woken) -> Run.BUSY_AND_WOKEN);
        if (now == Run.BUSY) {
            run(leadId);
        }
    }

    /**
     * Wakes those of the leads that have a text waiting. Returns at once; whom the database cannot tell of, the next sweep finds.
     */
    void wakeWaiting(Collection<UUID> leads) {
        texts.waitingOf(pool, leads)
                .subscribe()
                .with(
                        waiting -> waiting.forEach(this::wake),
                        failure -> LOG.warnf("%d leads are not woken (%s), the sweep does", leads.size(), failure));
    }

    /** Wakes leads whose texts wait longer than {@code age}: what a crash or a full process left behind. */
    public Uni<Void> sweep(Duration age) {
        return texts.leadsWaitingSince(pool, clock.instant().minus(age))
                .invoke(leads -> leads.forEach(this::wake))
                .replaceWithVoid();
    }

    private void run(UUID leadId) {
        answerOnce(leadId).subscribe().with(done -> next(leadId), failure -> {
            LOG.errorf("lead %s: answering failed (%s), tried again later", leadId, failure);
            runs.remove(leadId);
        });
    }

    private void next(UUID leadId) {
        Run left = runs.computeIfPresent(leadId, (id, run) -> run == Run.BUSY_AND_WOKEN ? Run.BUSY : null);
        if (left != null) {
            run(leadId);
        }
    }

    private Uni<Void> answerOnce(UUID leadId) {
        return leases.take(pool, leadId, config.lease()).chain(mine -> {
            if (!mine) {
                return Uni.createFrom().voidItem();
            }
            // Taken after all the others were given back.
            return stopping ? leases.giveBack(pool, leadId) : answerTaken(leadId);
        });
    }

    private Uni<Void> answerTaken(UUID leadId) {
        return burst(leadId)
                .onTermination()
                .invoke(keepUp(leadId)::cancel)
                .eventually(() -> leases.giveBack(pool, leadId));
    }

    /** Extends the lease until cancelled. A lease that is lost all the same is noticed where the answer is written. */
    private Cancellable keepUp(UUID leadId) {
        return Multi.createFrom()
                .ticks()
                .every(config.lease().dividedBy(3))
                .onOverflow()
                .drop()
                .onItem()
                .transformToUniAndConcatenate(tick ->
                        leases.extend(pool, leadId, config.lease()).onFailure().recoverWithItem(false))
                .subscribe()
                .with(extended -> {});
    }

    private Uni<Void> burst(UUID leadId) {
        return texts.waiting(pool, leadId).chain(waiting -> {
            if (waiting.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            Duration rest = Burst.rest(waiting, clock.instant(), config.burstWindow(), config.burstLimit());
            return rest.isZero()
                    ? answer.to(waiting)
                    : Uni.createFrom().voidItem().onItem().delayIt().by(rest).chain(() -> burst(leadId));
        });
    }

    /**
     * What is under way here is another replica's from now on, and nothing is begun: with its connections closing, this process would
     * take every agent for one that does not answer.
     */
    void onShutdown(@Observes ShutdownEvent end) {
        stopping = true;
        try {
            leases.giveAllBack(pool).await().atMost(PATIENCE_AT_END);
        } catch (RuntimeException away) {
            LOG.warnf("leads are not given back (%s), their leases end by themselves", away);
        }
    }
}

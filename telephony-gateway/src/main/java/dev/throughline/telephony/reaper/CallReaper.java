package dev.throughline.telephony.reaper;

import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.reaper.OverdueCalls.Overdue;
import dev.throughline.telephony.status.CallStatuses;
import dev.throughline.telephony.status.StatusNews;
import dev.throughline.telephony.twilio.TwilioCalls;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Asks Twilio about calls without an end. */
@ApplicationScoped
class CallReaper {

    private static final Logger LOG = Logger.getLogger(CallReaper.class);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int QUESTIONS_AT_ONCE = 8;

    private final OverdueCalls overdue;
    private final TwilioCalls twilio;
    private final CallStatuses statuses;
    private final ReaperConfig config;
    private final MeterRegistry metrics;
    private final Clock clock;

    CallReaper(
            OverdueCalls overdue,
            TwilioCalls twilio,
            CallStatuses statuses,
            ReaperConfig config,
            MeterRegistry metrics,
            Clock clock) {
        this.overdue = overdue;
        this.twilio = twilio;
        this.statuses = statuses;
        this.config = config;
        this.metrics = metrics;
        this.clock = clock;
    }

    /** One round. Never fails: what could not be done is done in a later one. */
    @Scheduled(
            every = "${throughline.telephony.reaper.every:5s}",
            delayed = "${throughline.telephony.reaper.every:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> round() {
        return Bounded.within(PATIENCE, overdue.take(clock.instant()))
                .onItem()
                .transformToMulti(calls -> Multi.createFrom().iterable(calls))
                .onItem()
                .transformToUni(this::ask)
                .merge(QUESTIONS_AT_ONCE)
                .collect()
                .asList()
                .replaceWithVoid()
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "calls without an end could not be looked for, reason=%s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> ask(Overdue call) {
        return twilio.fetch(call.callSid())
                .chain(answer -> Verdict.of(call, answer, clock.instant(), config.giveUp())
                        .map(this::tell)
                        .orElseGet(() -> {
                            count("no-answer");
                            return Uni.createFrom().voidItem();
                        }))
                .onFailure()
                .invoke(failure -> LOG.warnf(
                        "what Twilio said of a call could not be stored, it is asked again, reason=%s",
                        failure.getClass().getSimpleName()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> tell(StatusNews news) {
        boolean ended = news.status().terminal();
        if (ended) {
            LOG.infof("a call whose end nobody reported: %s", news.status().wire());
        }
        count(ended ? "ended" : "goes-on");
        return statuses.record(news);
    }

    private void count(String answer) {
        metrics.counter("throughline.calls.asked.about", "answer", answer).increment();
    }
}

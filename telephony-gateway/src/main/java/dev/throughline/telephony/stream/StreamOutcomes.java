package dev.throughline.telephony.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.stream.StreamRepository.StreamRow;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.Optional;

/**
 * What bridges reported, in the database, so that Twilio may ask any replica; and, where the database did not take it, in this process's
 * memory, so that a call whose report reached the same replica ends well all the same.
 */
@Singleton
public final class StreamOutcomes {

    private static final int REMEMBERED = 20_000;

    private final StreamRepository streams;
    private final MovedCalls moved;
    private final CallConfig callConfig;
    private final StreamConfig config;
    private final Cache<String, StreamOutcome> unstored = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    StreamOutcomes(StreamRepository streams, MovedCalls moved, CallConfig callConfig, StreamConfig config) {
        this.streams = streams;
        this.moved = moved;
        this.callConfig = callConfig;
        this.config = config;
    }

    /** Takes a report; fails when the database did not take it, the memory then has it. */
    Uni<Void> report(String callSid, StreamOutcome outcome) {
        return seen(callSid, outcome)
                .chain(known -> bounded(streams.report(callSid, known)))
                .onFailure()
                .invoke(() -> unstored.put(callSid, outcome));
    }

    /**
     * What it was, where we know better: to a bridge that has not heard yet that a human takes the call, the leg that is moved away from it is
     * a caller who left.
     */
    private Uni<StreamOutcome> seen(String callSid, StreamOutcome reported) {
        if (reported != StreamOutcome.CALLER_LEFT) {
            return Uni.createFrom().item(reported);
        }
        return moved.movedAway(callSid)
                .onFailure()
                .recoverWithItem(false)
                .map(away -> away ? StreamOutcome.HANDED_OVER : reported);
    }

    /**
     * Forgets how the call's last stream ended, because another one is about to begin: how that one ends is not known by what was said of
     * this one, and it may be resumed as often. Fails when the database does not answer.
     */
    public Uni<Void> forget(String callSid) {
        unstored.invalidate(callSid);
        return bounded(streams.forget(callSid));
    }

    /**
     * What is known of the call's stream. Asks again after {@code outcome-grace} when nothing is, since the report and Twilio's request
     * race. Fails when the database does not answer and this process was not told either.
     */
    Uni<StreamRow> find(String callSid) {
        return bounded(streams.find(callSid))
                .map(row -> row.outcome() != null ? row : remembered(callSid).orElse(row))
                .onFailure()
                .recoverWithUni(failure -> remembered(callSid)
                        .map(row -> Uni.createFrom().item(row))
                        .orElseGet(() -> Uni.createFrom().failure(failure)))
                .chain(row -> row.outcome() != null
                        ? Uni.createFrom().item(row)
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(config.outcomeGrace())
                                .chain(() -> bounded(streams.find(callSid))));
    }

    private Optional<StreamRow> remembered(String callSid) {
        return Optional.ofNullable(unstored.getIfPresent(callSid)).map(outcome -> new StreamRow(outcome, 0));
    }

    /** Takes one of the call's resumes; false when none is left or an outcome came meanwhile. */
    Uni<Boolean> takeResume(String callSid) {
        unstored.invalidate(callSid);
        return bounded(streams.takeResume(callSid, config.maxResumes()));
    }

    private <T> Uni<T> bounded(Uni<T> query) {
        return Bounded.within(callConfig.databaseWait(), query);
    }
}

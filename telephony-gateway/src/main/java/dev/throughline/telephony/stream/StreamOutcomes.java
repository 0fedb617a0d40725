package dev.throughline.telephony.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.telephony.call.Bounded;
import dev.throughline.telephony.call.CallConfig;
import dev.throughline.telephony.stream.StreamRepository.StreamRow;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Duration;

/**
 * What bridges reported, in the database, so that Twilio may ask any replica; and in this process's memory, so that a call whose
 * report reached the same replica ends well without the database.
 */
@Singleton
final class StreamOutcomes {

    private static final int REMEMBERED = 20_000;

    private final StreamRepository streams;
    private final CallConfig callConfig;
    private final StreamConfig config;
    private final Cache<String, StreamOutcome> recent = Caffeine.newBuilder()
            .maximumSize(REMEMBERED)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    StreamOutcomes(StreamRepository streams, CallConfig callConfig, StreamConfig config) {
        this.streams = streams;
        this.callConfig = callConfig;
        this.config = config;
    }

    /** Takes a report; fails when the database did not take it, the memory then still has it. */
    Uni<Void> report(String callSid, StreamOutcome outcome) {
        recent.put(callSid, outcome);
        return bounded(streams.report(callSid, outcome));
    }

    /**
     * What is known of the call's stream. Asks again after {@code outcome-grace} when nothing is, since the report and Twilio's request
     * race. Fails when the database does not answer.
     */
    Uni<StreamRow> find(String callSid) {
        StreamOutcome known = recent.getIfPresent(callSid);
        if (known != null) {
            return Uni.createFrom().item(new StreamRow(known, 0));
        }
        return bounded(streams.find(callSid))
                .chain(row -> row.outcome() != null
                        ? Uni.createFrom().item(row)
                        : Uni.createFrom()
                                .voidItem()
                                .onItem()
                                .delayIt()
                                .by(config.outcomeGrace())
                                .chain(() -> bounded(streams.find(callSid))));
    }

    /** Takes one of the call's resumes; false when none is left or an outcome came meanwhile. */
    Uni<Boolean> takeResume(String callSid) {
        return bounded(streams.takeResume(callSid, config.maxResumes()));
    }

    private <T> Uni<T> bounded(Uni<T> query) {
        return Bounded.within(callConfig.databaseWait(), query);
    }
}

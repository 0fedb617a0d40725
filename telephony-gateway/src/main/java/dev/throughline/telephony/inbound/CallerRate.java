package dev.throughline.telephony.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;

/** How many calls a caller may still make. A repeated webhook of one call gets the answer of the first and costs nothing. */
@Singleton
final class CallerRate {

    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final int callsPerMinute;
    private final Cache<String, Bucket> allowances;
    private final Cache<String, Boolean> answers;

    CallerRate(InboundConfig config) {
        this.callsPerMinute = config.callsPerMinute();
        this.allowances = Caffeine.newBuilder()
                .maximumSize(config.rememberedCallers())
                .expireAfterAccess(WINDOW.multipliedBy(2))
                .build();
        this.answers = Caffeine.newBuilder()
                .maximumSize(config.rememberedCallers())
                .expireAfterWrite(WINDOW)
                .build();
    }

    /** Whether the call may go on. {@code from} and {@code to} as Twilio sent them. */
    boolean admits(String callSid, String from, String to) {
        return answers.get(callSid, ignored -> allowances
                .get(from + "|" + to, caller -> allowance())
                .tryConsume(1));
    }

    private Bucket allowance() {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(callsPerMinute).refillGreedy(callsPerMinute, WINDOW))
                .build();
    }
}

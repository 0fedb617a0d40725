package dev.throughline.telephony.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import jakarta.inject.Singleton;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

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

    /**
     * Whether the call may go on.
     *
     * @param tenant whose calls they are, or any other name of what is called
     * @param from as Twilio sent it
     * @param ofTheTenant calls in a minute by the tenant's own setting; null = the installation's
     */
    boolean admits(String callSid, String from, String tenant, @Nullable Integer ofTheTenant) {
        int most = ofTheTenant == null ? callsPerMinute : ofTheTenant;
        // By the limit too: a changed setting counts from its first call on.
        return answers.get(callSid, ignored -> allowances
                .get(from + "|" + tenant + "|" + most, caller -> allowance(most))
                .tryConsume(1));
    }

    private static Bucket allowance(int most) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, WINDOW))
                .build();
    }
}

package dev.throughline.telephony.inbound;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.platform.limit.RateLimit;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** How many calls a caller may still make. A repeated webhook of one call gets the answer of the first and costs nothing. */
@Singleton
final class CallerRate {

    private final int callsPerMinute;
    private final RateLimit limit;
    private final Cache<String, Boolean> answers;

    CallerRate(InboundConfig config) {
        this.callsPerMinute = config.callsPerMinute();
        this.limit = new RateLimit(config.rememberedCallers());
        this.answers = Caffeine.newBuilder()
                .maximumSize(config.rememberedCallers())
                .expireAfterWrite(RateLimit.WINDOW)
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
        return answers.get(callSid, ignored -> limit.admits(from + "|" + tenant, most));
    }
}

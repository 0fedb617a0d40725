package dev.throughline.telephony.stream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.UUID;

/**
 * Whether a tenant's agent could not be reached just now, by what bridges reported to this process. One failure may be chance; several
 * in a row within {@code outage-window}, with no conversation in between, are an outage, and the next callers need not sit through the
 * same silence. When the window has passed since the last failure one call tries again.
 */
@Singleton
public final class AgentOutages {

    private static final int REMEMBERED = 10_000;

    private final int failuresOfAnOutage;
    private final Cache<UUID, Integer> failures;

    @Inject
    AgentOutages(StreamConfig config) {
        this(config, Ticker.systemTicker());
    }

    AgentOutages(StreamConfig config, Ticker ticker) {
        this.failuresOfAnOutage = config.outageFailures();
        this.failures = Caffeine.newBuilder()
                .maximumSize(REMEMBERED)
                .expireAfterWrite(config.outageWindow())
                .ticker(ticker)
                .build();
    }

    /** Learns from how a stream ended. */
    void observed(UUID tenantId, StreamOutcome outcome) {
        switch (outcome) {
            case AGENT_UNREACHABLE -> failures.asMap().merge(tenantId, 1, Integer::sum);
            // There was a conversation, however it ended.
            case COMPLETED, HANDED_OVER, AGENT_LOST -> failures.invalidate(tenantId);
            // The caller may have hung up before there was one; a refusal says nothing of the agent.
            case CALLER_LEFT, REFUSED -> {}
        }
    }

    /** Whether the agent is away. */
    public boolean underWay(UUID tenantId) {
        Integer count = failures.getIfPresent(tenantId);
        return count != null && count >= failuresOfAnOutage;
    }
}

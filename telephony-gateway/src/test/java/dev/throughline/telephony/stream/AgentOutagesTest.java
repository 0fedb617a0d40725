package dev.throughline.telephony.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class AgentOutagesTest {

    private static final UUID TENANT = UUID.randomUUID();

    private final AtomicLong nanos = new AtomicLong();
    private final AgentOutages outages = new AgentOutages(
            new SmallRyeConfigBuilder()
                    .withMapping(StreamConfig.class)
                    .withConverter(Duration.class, 100, new DurationConverter())
                    .build()
                    .getConfigMapping(StreamConfig.class),
            nanos::get);

    @Test
    void shouldTakeOneFailureForChanceAndTwoForAnOutageOfThatTenant() {
        outages.observed(TENANT, StreamOutcome.AGENT_UNREACHABLE);
        assertThat(outages.underWay(TENANT)).isFalse();

        outages.observed(TENANT, StreamOutcome.AGENT_UNREACHABLE);
        assertThat(outages.underWay(TENANT)).isTrue();
        assertThat(outages.underWay(UUID.randomUUID())).isFalse();
    }

    @Test
    void shouldTryAgainAfterAWhileAndKnowAtTheNextFailure() {
        outages.observed(TENANT, StreamOutcome.AGENT_UNREACHABLE);
        outages.observed(TENANT, StreamOutcome.AGENT_UNREACHABLE);

        nanos.addAndGet(Duration.ofSeconds(31).toNanos());

        assertThat(outages.underWay(TENANT)).isFalse();
    }

    @Test
    void shouldBelieveAConversationThatTookPlace() {
        outages.observed(TENANT, StreamOutcome.AGENT_UNREACHABLE);
        outages.observed(TENANT, StreamOutcome.AGENT_LOST);
        outages.observed(TENANT, StreamOutcome.AGENT_UNREACHABLE);
        outages.observed(TENANT, StreamOutcome.REFUSED);
        outages.observed(TENANT, StreamOutcome.CALLER_LEFT);

        assertThat(outages.underWay(TENANT)).isFalse();
    }
}

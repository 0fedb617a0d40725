package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BridgeConfigTest {

    @Test
    void shouldHaveTheseLimitsUnlessTold() {
        BridgeConfig config = config(Map.of());

        assertThat(config.maxCalls()).isEqualTo(200);
        assertThat(config.startTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.maxCallDuration()).isEqualTo(Duration.ofHours(1));
        assertThat(config.idleTimeout()).isEqualTo(Duration.ofSeconds(20));
        assertThat(config.writeTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(config.maxMessageBytes()).isEqualTo(65_536);
        assertThat(config.maxQueuedAudio()).isEqualTo(1_048_576);
        assertThat(config.maxEarlyFrames()).isEqualTo(100);
        assertThat(config.metadataTimeout()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.contextWait()).isEqualTo(Duration.ofMillis(300));
        assertThat(config.playOutTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.drainGrace()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.telephonyUrl()).isEmpty();
        assertThat(config.outcomeTimeout()).isEqualTo(Duration.ofMillis(500));
    }

    /** The configuration as an installation with these settings has it. */
    static BridgeConfig config(Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(BridgeConfig.class)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(BridgeConfig.class);
    }
}

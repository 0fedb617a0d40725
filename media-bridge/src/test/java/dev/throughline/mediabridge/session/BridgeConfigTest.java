package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.mediabridge.gateway.GatewayConfig;
import dev.throughline.mediabridge.opening.OpeningConfig;
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
        assertThat(config.maxUnstarted()).isEqualTo(100);
        assertThat(config.callerSilence()).isEqualTo(Duration.ofMinutes(5));
        assertThat(config.maxUnreadable()).isEqualTo(200);
        assertThat(config.playOutTimeout()).isEqualTo(Duration.ofSeconds(30));
        assertThat(config.drainGrace()).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void shouldNotLetACallerWaitForOthers() {
        GatewayConfig gateway = mapping(GatewayConfig.class, Map.of());

        assertThat(gateway.telephonyUrl()).isEmpty();
        assertThat(gateway.outcomeTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(gateway.briefingTimeout()).isEqualTo(Duration.ofMillis(300));
        assertThat(mapping(OpeningConfig.class, Map.of()).contextWait()).isEqualTo(Duration.ofMillis(300));
    }

    /** The configuration as an installation with these settings has it. */
    static BridgeConfig config(Map<String, String> settings) {
        return mapping(BridgeConfig.class, settings);
    }

    private static <T> T mapping(Class<T> type, Map<String, String> settings) {
        return new SmallRyeConfigBuilder()
                .withMapping(type)
                .withConverter(Duration.class, 200, new DurationConverter())
                .withDefaultValues(settings)
                .build()
                .getConfigMapping(type);
    }
}

package dev.throughline.telephony.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class OutboundConfigTest {

    @Test
    void shouldHaveTheseDefaults() {
        OutboundConfig config = new SmallRyeConfigBuilder()
                .withMapping(OutboundConfig.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .build()
                .getConfigMapping(OutboundConfig.class);

        assertThat(config.ringing()).isEqualTo(Duration.ofSeconds(45));
        assertThat(config.lookUpFor()).isEqualTo(Duration.ofSeconds(6));
        assertThat(config.lookUpEvery()).isEqualTo(Duration.ofSeconds(1));
        assertThat(config.storeWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.sameKeyWait()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.abandonedAfter()).isEqualTo(Duration.ofMinutes(1));
        assertThat(config.checkEvery()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.checkPause()).isEqualTo(Duration.ofSeconds(5));
        assertThat(config.giveUpAfter()).isEqualTo(Duration.ofMinutes(15));
        assertThat(config.giveUpUnaskedAfter()).isEqualTo(Duration.ofDays(1));
        assertThat(config.rememberNumbers()).isEqualTo(Duration.ofMinutes(10));
        assertThat(config.keepBriefings()).isEqualTo(Duration.ofDays(1));
    }
}

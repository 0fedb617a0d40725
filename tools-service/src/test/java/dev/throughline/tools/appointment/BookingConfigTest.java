package dev.throughline.tools.appointment;

import static org.assertj.core.api.Assertions.assertThat;

import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BookingConfigTest {

    @Test
    void shouldKeepItsDefaults() {
        BookingConfig config = new SmallRyeConfigBuilder()
                .withMapping(BookingConfig.class)
                .build()
                .getConfigMapping(BookingConfig.class);

        assertThat(config.notice()).isZero();
        assertThat(config.horizonDays()).isEqualTo(90);
        assertThat(config.grid()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.options()).isEqualTo(4);
        assertThat(config.searchDays()).isEqualTo(14);
        assertThat(config.noticeDays()).isZero();
        assertThat(config.gap()).isEqualTo(Duration.ofMinutes(30));
        assertThat(config.hold()).isEqualTo(Duration.ofMinutes(5));
    }
}

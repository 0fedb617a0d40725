package dev.throughline.platform;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.platform.testing.ArchitectureRules;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

    @Test
    void shouldKeepTheArchitecture() {
        ArchitectureRules.check("dev.throughline.platform");
    }

    @Test
    void shouldNoticeWhatIsForbidden() {
        // This module's own Twilio package, taken for a service's that must not touch the vendor.
        assertThatThrownBy(() -> ArchitectureRules.checkVendor("dev.throughline.platform.twilio", "..nowhere.."))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("com.twilio");
    }
}

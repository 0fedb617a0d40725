package dev.throughline.platform.logging;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MaskedTest {

    @Test
    void shouldShowNoMoreThanTheLastFourDigits() {
        assertThat(Masked.number("+12025550142")).isEqualTo("********0142");
        assertThat(Masked.number("12345")).isEqualTo("***");
        assertThat(Masked.number("client:anna")).isEqualTo("client:***");
        assertThat(Masked.number("sip:anna@example.test")).isEqualTo("sip:***");
        assertThat(Masked.number("anonymous")).isEqualTo("***");
        assertThat(Masked.number(null)).isEqualTo("-");
    }
}

package dev.throughline.telephony.handover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandOverWordsTest {

    @ParameterizedTest
    @CsvSource({"0, less than a minute", "29, less than a minute", "60, a minute", "170, 3 minutes", "3600, 60 minutes"
    })
    void shouldTellTheAgentHowLongTheyTalked(long seconds, String time) {
        assertThat(HandOverWords.note("Maria", Duration.ofSeconds(seconds), true))
                .isEqualTo("The caller spoke with Maria for " + time + " and was handed back.");
    }

    @Test
    void shouldNotTellOfATalkThatWasNone() {
        assertThat(HandOverWords.note("Maria", Duration.ofSeconds(16), false))
                .contains("gone before they could speak")
                .doesNotContain("spoke with");
    }

    @Test
    void shouldTellTheHumanWhoCallsAndWhy() {
        assertThat(HandOverWords.brief("Harbour Salon", Optional.of("Dana"), "A refund for order 12", "refund"))
                .startsWith(
                        "Call for Harbour Salon. Dana is on the line. A refund for order 12. Press 1 to take the call");
        assertThat(HandOverWords.brief("Harbour Salon", Optional.empty(), null, "Wants a manager!"))
                .startsWith("Call for Harbour Salon. A caller is on the line. Wants a manager! Press 1");
        assertThat(HandOverWords.brief("Harbour Salon", Optional.empty(), " ", null))
                .startsWith("Call for Harbour Salon. A caller is on the line. Press 1");
        assertThat(HandOverWords.brief("Harbour Salon", Optional.empty(), "x".repeat(5_000), null))
                .hasSizeLessThan(600);
    }
}

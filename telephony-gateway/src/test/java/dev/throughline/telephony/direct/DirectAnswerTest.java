package dev.throughline.telephony.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.telephony.Tenants;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class DirectAnswerTest {

    /** A Tuesday, 10:00 in New York. */
    private static final Instant OPEN = Instant.parse("2026-11-24T15:00:00Z");

    /** The same Tuesday, 20:00 in New York. */
    private static final Instant CLOSED = Instant.parse("2026-11-25T01:00:00Z");

    @Test
    void shouldRingTheBusinessWhenOpen() {
        DirectAnswer answer = DirectAnswer.of(Tenants.withFallback(), OPEN);

        assertThat(answer.ring()).isTrue();
        assertThat(answer.words()).startsWith("Thank you for calling Harbour Salon.");
    }

    @Test
    void shouldSayTheHoursWhenClosed() {
        DirectAnswer answer = DirectAnswer.of(Tenants.withFallback(), CLOSED);

        assertThat(answer.ring()).isFalse();
        assertThat(answer.words())
                .contains(
                        "Thank you for calling Harbour Salon.",
                        "Monday through Saturday from 09:00 to 17:00",
                        "Goodbye");
    }

    @Test
    void shouldNotRingWhenThereIsNobodyToRing() {
        assertThat(DirectAnswer.of(Tenants.harbourSalon(), OPEN).ring()).isFalse();
    }
}

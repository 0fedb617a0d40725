package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StampDoctorTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "t=1800000000,v0=ab | another secret | ELEVENLABS_WEBHOOK_SECRET",
                "t=1799990000,v0=ab | 10000 s ago | clock",
                "t=1800010000,v0=ab | 10000 s ahead of our clock | clock",
                "v0=ab | not of the form | proxy"
            })
    void shouldSayWhatIsWrongWithTheHeader(String header, String found, String cure) {
        assertThat(StampDoctor.examined("https://a.example.com/x", List.of(header), true, Duration.ofMinutes(30), NOW))
                .satisfies(one -> assertThat(one.found()).contains(found))
                .satisfies(one -> assertThat(one.cure()).contains(cure));
    }

    @Test
    void shouldTellAMissingHeaderFromAMissingSecretFromTwoHeaders() {
        Duration tolerance = Duration.ofMinutes(30);
        assertThat(StampDoctor.examined("/x", List.of(), true, tolerance, NOW).found())
                .contains("no header ElevenLabs-Signature");
        assertThat(StampDoctor.examined("/x", List.of("t=1,v0=a"), false, tolerance, NOW)
                        .found())
                .contains("No secret is set");
        assertThat(StampDoctor.examined("/x", List.of("t=1,v0=a", "t=2,v0=a"), true, tolerance, NOW)
                        .found())
                .contains("alias");
    }
}

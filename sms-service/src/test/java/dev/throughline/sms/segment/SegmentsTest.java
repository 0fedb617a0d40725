package dev.throughline.sms.segment;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.sms.segment.Segments.Encoding;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentsTest {

    @ParameterizedTest(name = "{1} x {0} -> {2} {3}")
    @CsvSource({
        "a, 0, GSM_7, 0",
        "a, 1, GSM_7, 1",
        "a, 160, GSM_7, 1",
        "a, 161, GSM_7, 2",
        "a, 306, GSM_7, 2",
        "a, 307, GSM_7, 3",
        "€, 80, GSM_7, 1",
        "€, 81, GSM_7, 2",
        // 153 units hold 76 characters of two units each, the last unit stays empty
        "€, 152, GSM_7, 2",
        "€, 153, GSM_7, 3",
        "ü, 160, GSM_7, 1",
        "ç, 70, UCS_2, 1",
        "ç, 71, UCS_2, 2",
        "ç, 134, UCS_2, 2",
        "ç, 135, UCS_2, 3",
        "😀, 35, UCS_2, 1",
        "😀, 36, UCS_2, 2",
        // 67 units hold 33 emoji
        "😀, 66, UCS_2, 2",
        "😀, 67, UCS_2, 3",
        "ש, 70, UCS_2, 1"
    })
    void shouldCountTheParts(String character, int times, Encoding encoding, int parts) {
        assertThat(Segments.of(character.repeat(times))).isEqualTo(new Segments(encoding, parts));
    }

    @ParameterizedTest
    @CsvSource({"Hello — there, UCS_2", "Hello - there, GSM_7", "{[~]}|^\\, GSM_7", "`, UCS_2"})
    void shouldSwitchTheWholeTextForOneCharacter(String text, Encoding encoding) {
        assertThat(Segments.of(text).encoding()).isEqualTo(encoding);
    }
}

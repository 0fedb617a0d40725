package dev.throughline.mediabridge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeypadTest {

    private static final long MILLI = 1_000_000;

    private final Keypad keypad = new Keypad();

    @Test
    void shouldGatherKeysThatArePressedInOneGo() {
        keypad.press("1", 0);
        keypad.press("2", 300 * MILLI);
        keypad.press("3", 600 * MILLI);

        assertThat(keypad.message(1_300 * MILLI)).isEmpty();
        assertThat(keypad.message(1_400 * MILLI)).contains("The caller pressed 1 2 3 on the phone's keypad.");
        assertThat(keypad.message(9_000 * MILLI)).isEmpty();
    }

    @Test
    void shouldNotWaitAfterTheKeyThatEndsANumber() {
        keypad.press("7", 0);
        keypad.press("#", 10 * MILLI);

        assertThat(keypad.message(20 * MILLI)).contains("The caller pressed 7 # on the phone's keypad.");
    }

    @Test
    void shouldIgnoreWhatIsNoKeyAndBoundTheRest() {
        keypad.press("", 0);
        keypad.press("12", 0);
        keypad.press("x", 0);
        assertThat(keypad.message(10_000 * MILLI)).isEmpty();
        for (int i = 0; i < 1_000; i++) {
            keypad.press("1", 0);
        }

        assertThat(keypad.message(0))
                .hasValueSatisfying(text -> assertThat(text).hasSizeLessThan(120));
    }
}

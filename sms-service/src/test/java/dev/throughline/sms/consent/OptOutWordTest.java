package dev.throughline.sms.consent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.sms.consent.OptOutWord.Wish;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OptOutWordTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"STOP", "stop", " Stop ", "StopAll", "unsubscribe", "CANCEL", "end", "Quit", "revoke", "OptOut"})
    void shouldHearEveryWordThatEndsTexts(String body) {
        assertThat(OptOutWord.in(body, Optional.empty(), false))
                .map(OptOutWord::wish)
                .contains(Wish.STOP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stop by at nine?", "Please cancel my appointment", "The end", "", "STOP!"})
    void shouldNotTakeASentenceForAWord(String body) {
        assertThat(OptOutWord.in(body, Optional.empty(), false)).isEmpty();
    }

    @Test
    void shouldTakeYesForStartOnlyAfterStop() {
        assertThat(OptOutWord.in("Yes", Optional.empty(), false)).isEmpty();
        assertThat(OptOutWord.in("Yes", Optional.empty(), true))
                .map(OptOutWord::wish)
                .contains(Wish.START);
        assertThat(OptOutWord.in("unstop", Optional.empty(), false))
                .map(OptOutWord::wish)
                .contains(Wish.START);
    }

    @Test
    void shouldBelieveTwilioWhichKnowsTheSendersOwnWords() {
        assertThat(OptOutWord.in("basta", Optional.of("STOP"), false)).contains(new OptOutWord(Wish.STOP, "BASTA"));
    }
}

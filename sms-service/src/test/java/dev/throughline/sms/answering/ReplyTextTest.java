package dev.throughline.sms.answering;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ReplyTextTest {

    @Test
    void shouldMakeOneTextOfSeveralAnswers() {
        assertThat(ReplyText.of(List.of("One moment. ", " ", "At nine or at one."), 1600))
                .isEqualTo("One moment.\nAt nine or at one.");
    }

    @Test
    void shouldCutATooLongAnswerAtTheEndOfASentence() {
        String text = "First sentence. Second sentence! A third one that is too long";
        assertThat(ReplyText.of(List.of(text), 40)).isEqualTo("First sentence. Second sentence!");
    }

    @Test
    void shouldBreakAnEndlessSentenceRatherThanLoseIt() {
        String text = "Yes. " + "word ".repeat(50);
        assertThat(ReplyText.of(List.of(text), 60))
                .startsWith("Yes. word")
                .endsWith("…")
                .hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void shouldNotTakeATimeForTheEndOfASentence() {
        assertThat(ReplyText.of(List.of("We have 10.30 on the 24th. And nothing else at all that day"), 50))
                .isEqualTo("We have 10.30 on the 24th.");
    }

    @Test
    void shouldNotBreakAnEmojiInHalf() {
        for (int limit = 20; limit < 24; limit++) {
            String cut = ReplyText.of(List.of("😀".repeat(30)), limit);
            assertThat(cut.codePoints().filter(c -> c >= 0xD800 && c <= 0xDFFF)).isEmpty();
            assertThat(cut).hasSizeLessThanOrEqualTo(limit);
        }
    }
}

package dev.throughline.sms.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.sms.segment.Segments;
import java.text.BreakIterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplyTextsTest {

    @Test
    void shouldMakeOneTextOfSeveralAnswers() {
        assertThat(ReplyTexts.of(List.of("One moment. ", " ", "At nine or at one."), 1600))
                .containsExactly("One moment.\nAt nine or at one.");
    }

    @Test
    void shouldSayNothingWhereNothingWasSaid() {
        assertThat(ReplyTexts.of(List.of(" ", ""), 1600)).isEmpty();
    }

    @Test
    void shouldGoOnInANextTextAfterASentence() {
        String text = "First sentence. Second sentence! We have 10.30 on the 24th.";
        assertThat(ReplyTexts.of(List.of(text), 40))
                .containsExactly("First sentence. Second sentence!", "We have 10.30 on the 24th.");
    }

    @Test
    void shouldNotTakeATimeForTheEndOfASentence() {
        assertThat(ReplyTexts.of(List.of("We open early. We have 10.30 free on the 24th."), 26))
                .containsExactly("We open early.", "We have 10.30 free on the", "24th.");
    }

    @Test
    void shouldLeaveOutWhatDoesNotFitIntoThreeTexts() {
        String text = IntStream.rangeClosed(1, 20)
                .mapToObj(i -> "This is sentence number " + i + ".")
                .collect(Collectors.joining(" "));
        List<String> texts = ReplyTexts.of(List.of(text), 60);
        assertThat(texts).hasSize(3).allSatisfy(part -> assertThat(part)
                .hasSizeLessThanOrEqualTo(60)
                .endsWith("."));
        assertThat(text).startsWith(String.join(" ", texts));
    }

    @Test
    void shouldBreakAnEndlessSentenceRatherThanLoseIt() {
        List<String> texts = ReplyTexts.of(List.of("Yes. " + "word ".repeat(100)), 60);
        assertThat(texts).hasSize(3);
        assertThat(texts.get(0)).startsWith("Yes. word").endsWith("word");
        assertThat(texts.get(2)).startsWith("word").endsWith("…").hasSizeLessThanOrEqualTo(60);
    }

    @Test
    void shouldHoldAnotherScriptToAsManyParts() {
        List<String> texts = ReplyTexts.of(List.of("שלום לכולם. ".repeat(120)), 1600);
        assertThat(texts)
                .hasSizeBetween(2, 3)
                .allSatisfy(text -> assertThat(Segments.of(text).count()).isLessThanOrEqualTo(11));
    }

    @Test
    void shouldNotBreakWhatIsReadAsOneCharacter() {
        String family = "👩‍👩‍👧‍👦";
        for (int limit = 20; limit < 34; limit++) {
            for (String text : ReplyTexts.of(List.of(family.repeat(30)), limit)) {
                assertThat(text).hasSizeLessThanOrEqualTo(limit);
                BreakIterator characters = BreakIterator.getCharacterInstance();
                characters.setText(text.replace("…", ""));
                assertThat(characters.last() % family.length()).isZero();
            }
        }
    }

    @Test
    void shouldEndForAnyLimit() {
        String text = "😀🇮🇱a. b! ".repeat(40);
        for (int limit = 1; limit < 80; limit++) {
            assertThat(ReplyTexts.of(List.of(text), limit))
                    .hasSizeLessThanOrEqualTo(3)
                    .noneMatch(String::isEmpty);
        }
    }
}

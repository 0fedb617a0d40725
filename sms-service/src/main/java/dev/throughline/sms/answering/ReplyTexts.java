package dev.throughline.sms.answering;

import dev.throughline.sms.segment.Segments;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes one text, or an ordered few, of what an agent said. Pure. */
final class ReplyTexts {

    /** Texts in a row that a customer still takes for an answer. */
    static final int MOST_TEXTS = 3;

    /** What 1600 characters of GSM-7 travel in; a text in another script is held to as many parts. */
    private static final int MOST_PARTS = 11;

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?…。！？؟]+[\"”’»)]*(?=\\s|$)|\\n|[。！？]");
    private static final String MORE = "…";
    private static final int STEP = 8;

    private ReplyTexts() {}

    /**
     * The parts as texts that fit, in order.
     *
     * @param parts what the agent said, in order
     * @param limit most characters of a text
     * @return at most {@value #MOST_TEXTS}, none empty; what is left over after the last sentence that fits is left out
     */
    static List<String> of(List<String> parts, int limit) {
        String rest = parts.stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
        List<String> texts = new ArrayList<>();
        while (!rest.isEmpty() && !fits(rest, limit) && texts.size() < MOST_TEXTS - 1) {
            int end = end(rest, limit);
            texts.add(rest.substring(0, end).stripTrailing());
            rest = rest.substring(end).strip();
        }
        if (!rest.isEmpty()) {
            texts.add(fits(rest, limit) ? rest : cut(rest, limit));
        }
        return texts;
    }

    private static boolean fits(String text, int limit) {
        return text.length() <= limit && Segments.of(text).count() <= MOST_PARTS;
    }

    private static String cut(String text, int limit) {
        int longest = longest(text, limit);
        int end = sentenceEnd(text, longest);
        // A first sentence longer than the limit, or nearly so, is better broken than left out.
        return end > longest / 2
                ? text.substring(0, end).stripTrailing()
                : text.substring(0, longest(text, limit - MORE.length())).stripTrailing() + MORE;
    }

    /** Where the next text begins: after a sentence, else after a word, else between two characters. */
    private static int end(String text, int limit) {
        int longest = longest(text, limit);
        int sentence = sentenceEnd(text, longest);
        if (sentence > longest / 4) {
            return sentence;
        }
        int word = text.lastIndexOf(' ', longest);
        return word > longest / 2 ? word : longest;
    }

    /** The end of the last sentence that ends within {@code longest} characters; 0 when none does. */
    private static int sentenceEnd(String text, int longest) {
        // The whole text is looked at, so that a number like 10.30 at the edge is none.
        Matcher ends = SENTENCE_END.matcher(text);
        int end = 0;
        while (ends.find() && ends.end() <= longest) {
            end = ends.end();
        }
        return end;
    }

    /** The longest beginning that fits; never within what a reader sees as one character, such as a family of emoji. */
    private static int longest(String text, int limit) {
        int length = Math.min(limit, text.length());
        while (length > STEP && !fits(text.substring(0, length), limit)) {
            length -= STEP;
        }
        BreakIterator characters = BreakIterator.getCharacterInstance(Locale.ROOT);
        characters.setText(text);
        int boundary = characters.isBoundary(length) ? length : characters.preceding(length);
        // One character longer than a whole text: at least its halves stay together.
        return boundary > 0 ? boundary : text.offsetByCodePoints(0, 1);
    }
}

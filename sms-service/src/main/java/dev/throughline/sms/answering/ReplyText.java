package dev.throughline.sms.answering;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Makes one text of what an agent said. Pure. */
final class ReplyText {

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?…](?=\\s|$)");
    private static final String MORE = "…";

    private ReplyText() {}

    /** The parts as one text of at most {@code limit} characters, cut at the end of a sentence where there is one. */
    static String of(List<String> parts, int limit) {
        String text = parts.stream()
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining("\n"));
        return text.length() <= limit ? text : cut(text, limit);
    }

    private static String cut(String text, int limit) {
        String head = text.substring(0, limit);
        int end = 0;
        Matcher ends = SENTENCE_END.matcher(head);
        while (ends.find()) {
            end = ends.end();
        }
        // A first sentence longer than the limit, or nearly so, is better broken than left out.
        return end > limit / 2 ? head.substring(0, end) : broken(text, limit - MORE.length()) + MORE;
    }

    /** Never between the halves of one character: an emoji is two. */
    private static String broken(String text, int length) {
        int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
        return text.substring(0, end).stripTrailing();
    }
}

package dev.throughline.simulator.speech;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Turns written text into the words a voice says: lower case, no punctuation, figures and clock times in words. */
final class SpokenWords {

    private static final Pattern TOKEN =
            Pattern.compile("(\\d{1,2}):(\\d{2})|(\\d{1,2})(?:st|nd|rd|th)\\b|\\d+|[\\p{L}][\\p{L}'.]*");
    private static final String[] SMALL = {
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen"
    };
    private static final String[] ORDINALS = {
        "zeroth",
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth"
    };
    private static final String[] TENS = {
        "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"
    };

    private SpokenWords() {}

    /** Words of {@code text} in order; empty for text without a letter or a figure. */
    static List<String> of(String text) {
        List<String> words = new ArrayList<>();
        Matcher token = TOKEN.matcher(text.replace('\u2019', '\''));
        while (token.find()) {
            if (token.group(1) != null) {
                addClock(words, Integer.parseInt(token.group(1)), Integer.parseInt(token.group(2)));
            } else if (token.group(3) != null) {
                addOrdinal(words, Integer.parseInt(token.group(3)));
            } else if (Character.isDigit(token.group().charAt(0))) {
                addNumber(words, token.group());
            } else {
                words.add(key(token.group()));
            }
        }
        return words;
    }

    private static String key(String word) {
        return word.toLowerCase(Locale.ROOT).replace(".", "");
    }

    private static void addClock(List<String> words, int hour, int minute) {
        addBelowThousand(words, hour);
        if (minute == 0) {
            words.add("o'clock");
        } else {
            if (minute < 10) {
                words.add("oh");
            }
            addBelowThousand(words, minute);
        }
    }

    private static void addOrdinal(List<String> words, int number) {
        if (number < ORDINALS.length) {
            words.add(ORDINALS[number]);
        } else if (number % 10 == 0) {
            words.add(TENS[number / 10].replaceFirst("y$", "ieth"));
        } else {
            words.add(TENS[number / 10]);
            words.add(ORDINALS[number % 10]);
        }
    }

    private static void addNumber(List<String> words, String digits) {
        if (digits.length() > 4) {
            digits.chars().forEach(digit -> words.add(SMALL[digit - '0']));
            return;
        }
        int number = Integer.parseInt(digits);
        if (number >= 1000) {
            addBelowThousand(words, number / 1000);
            words.add("thousand");
        }
        if (number % 1000 != 0 || number == 0) {
            addBelowThousand(words, number % 1000);
        }
    }

    private static void addBelowThousand(List<String> words, int number) {
        int rest = number;
        if (rest >= 100) {
            words.add(SMALL[rest / 100]);
            words.add("hundred");
            rest %= 100;
            if (rest == 0) {
                return;
            }
        }
        if (rest >= 20) {
            words.add(TENS[rest / 10]);
            rest %= 10;
            if (rest == 0) {
                return;
            }
        }
        words.add(SMALL[rest]);
    }
}

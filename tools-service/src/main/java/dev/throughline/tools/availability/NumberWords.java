package dev.throughline.tools.availability;

import java.util.List;

/** Numbers in English, as far as a clock needs them; shared by who reads times and who says them. */
final class NumberWords {

    static final List<String> BELOW_TWENTY = List.of(
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
            "nineteen");
    /** By tens digit; the first two have no word of their own. */
    static final List<String> TENS = List.of("", "", "twenty", "thirty", "forty", "fifty");

    private NumberWords() {}
}

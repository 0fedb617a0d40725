package dev.throughline.context.questions;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The different words of an utterance, for telling whether two utterances say the same. Knows no language: a word counts by its length,
 * so that what carries meaning outweighs articles and pronouns, and words are the same when most of their beginning is.
 */
record SpokenWords(Set<String> words) {

    /** From this share on a question counts as asked. Chosen with the examples of the tests, not measured on real calls. */
    static final double ENOUGH = 0.6;

    /** Shortest common beginning of two forms of one word. */
    private static final int STEM = 4;

    private static final double COMMON = 0.6;

    static SpokenWords of(String text) {
        Set<String> words = new LinkedHashSet<>(
                List.of(text.toLowerCase(Locale.ROOT).replaceAll("['’]", "").split("[^\\p{L}\\p{N}]+")));
        words.remove("");
        return new SpokenWords(words);
    }

    /**
     * How much of these words is in the others:
     *
     * <pre>share = Σ length of the words found / Σ length of all words</pre>
     *
     * @return 0 to 1; 0 when there are no words
     */
    double shareIn(SpokenWords others) {
        int all = 0;
        int found = 0;
        for (String word : words) {
            all += word.length();
            if (others.words.contains(word) || others.words.stream().anyMatch(other -> sameStem(word, other))) {
                found += word.length();
            }
        }
        return all == 0 ? 0 : (double) found / all;
    }

    private static boolean sameStem(String one, String other) {
        int common = 0;
        int shorter = Math.min(one.length(), other.length());
        while (common < shorter && one.charAt(common) == other.charAt(common)) {
            common++;
        }
        return common >= STEM && common >= COMMON * Math.max(one.length(), other.length());
    }
}

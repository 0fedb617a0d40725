package dev.throughline.sms.consent;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * A word by which a customer ends, restores or asks about texts.
 *
 * @param wish what the customer wants
 * @param word as sent, upper case
 */
public record OptOutWord(Wish wish, String word) {

    /** What the customer wants. */
    public enum Wish {
        STOP,
        START,
        HELP
    }

    /** The customer's word was heard by Twilio and not by us (error 21610). */
    public static final OptOutWord KNOWN_TO_TWILIO = new OptOutWord(Wish.STOP, "STOP");

    // Twilio, Advanced Opt-Out: default words of long codes, single-word messages in any case.
    private static final Set<String> STOP =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");
    private static final Set<String> START = Set.of("START", "UNSTOP", "YES");
    private static final Set<String> HELP = Set.of("HELP", "INFO");

    /**
     * The wish in a text.
     *
     * @param body the whole text
     * @param optOutType Twilio's OptOutType, which knows the sender's own words; empty when not sent
     * @param optedOut whether the customer is opted out now: {@code YES} means START only then, otherwise it answers a question
     */
    public static Optional<OptOutWord> in(String body, Optional<String> optOutType, boolean optedOut) {
        String word = body.strip().toUpperCase(Locale.ROOT);
        Optional<Wish> said = optOutType.flatMap(OptOutWord::wish).or(() -> wishOf(word, optedOut));
        return said.map(wish -> new OptOutWord(wish, word));
    }

    private static Optional<Wish> wishOf(String word, boolean optedOut) {
        if (STOP.contains(word)) {
            return Optional.of(Wish.STOP);
        }
        if (START.contains(word) && (optedOut || !word.equals("YES"))) {
            return Optional.of(Wish.START);
        }
        return HELP.contains(word) ? Optional.of(Wish.HELP) : Optional.empty();
    }

    private static Optional<Wish> wish(String optOutType) {
        return switch (optOutType) {
            case "STOP" -> Optional.of(Wish.STOP);
            case "START" -> Optional.of(Wish.START);
            case "HELP" -> Optional.of(Wish.HELP);
            default -> Optional.empty();
        };
    }
}

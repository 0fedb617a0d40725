package dev.throughline.telephony.handover;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What is said to humans and callers, and to the agent afterwards. Pure. */
final class HandOverWords {

    static final String NOT_NEEDED = "This call is not needed any more. Goodbye.";
    static final String CALLER_GONE = "The caller has hung up. Goodbye.";
    static final String NOT_CONNECTED = "The caller could not be connected and stays with the assistant. Goodbye.";
    static final String DECLINED = "Thank you. Goodbye.";
    static final String NO_KEY = "No key was pressed. Goodbye.";
    static final String GIVEN_BACK = "The caller is back with the assistant. Goodbye.";
    static final String GOODBYE = "Thank you for calling. Goodbye.";

    /** What the agent is told that goes on in a room. */
    static final String IN_ROOM =
            "The call was moved into a conference: people of the business may be listening, and may speak to the caller.";

    /** As long as a person listens to. */
    private static final int LONGEST = 300;

    private HandOverWords() {}

    /** What a human hears before taking a call. */
    static String brief(String business, Optional<String> caller, @Nullable String brief, @Nullable String reason) {
        String why = brief == null || brief.isBlank() ? reason : brief;
        return "Call for " + business + ". "
                + caller.map(name -> name + " is on the line. ").orElse("A caller is on the line. ")
                + (why == null || why.isBlank() ? "" : sentence(why))
                + "Press 1 to take the call, or 2 to decline. While you talk, press star to give the caller back to the assistant.";
    }

    /**
     * What the agent is told of the time in between.
     *
     * @param met whether the two can have spoken
     */
    static String note(String human, Duration talked, boolean met) {
        if (!met) {
            return human + " took the call and was gone before they could speak, so the caller was handed back.";
        }
        return "The caller spoke with " + human + " for " + time(talked) + " and was handed back.";
    }

    private static String time(Duration talked) {
        long minutes = Math.round(talked.toSeconds() / 60.0);
        if (minutes < 1) {
            return "less than a minute";
        }
        return minutes == 1 ? "a minute" : minutes + " minutes";
    }

    private static String sentence(String words) {
        String cut = cut(words.strip(), LONGEST);
        return cut + (cut.matches("(?s).*[.!?]") ? " " : ". ");
    }

    /** As much of a text as fits; half a surrogate pair is left out. */
    static String cut(String text, int longest) {
        if (text.length() <= longest) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(longest - 1)) ? longest - 1 : longest;
        return text.substring(0, end);
    }
}

package dev.throughline.events.context;

import dev.throughline.events.CallEvent;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a line holds beyond its words, for whoever shows it. Which one it is follows from the line's kind. */
public sealed interface TimelineDetail {

    /**
     * Of {@link TimelineEntry.Kind#QUESTIONS}.
     *
     * @param questions in the order they were to be asked; without answers while the line's status is {@code asked}
     */
    record Questions(List<CallEvent.Answer> questions) implements TimelineDetail {

        public Questions {
            questions = List.copyOf(questions);
        }
    }

    /**
     * Of {@link TimelineEntry.Kind#VOICE_MESSAGE}.
     *
     * @param recordingSid Twilio's RE…
     */
    record Recording(String recordingSid, int durationSeconds) implements TimelineDetail {}

    /**
     * Of {@link TimelineEntry.Kind#QUALITY}: the call's flight record.
     *
     * @param costCredits what its conversation cost at the provider, in credits; null while, or where, that is not known
     */
    record Flight(CallEvent.Quality quality, @Nullable Double costCredits) implements TimelineDetail {}

    /**
     * Of a {@link TimelineEntry.Kind#TURN} that was cut short.
     *
     * @param text what was spoken and never heard
     */
    record Unheard(String text) implements TimelineDetail {

        private static final Pattern BETWEEN = Pattern.compile("^[\\s.,;:!?…-]+");

        /** @param whole what was to be said, which mostly begins with what was {@code heard}; else all of it is told */
        static Unheard after(String heard, String whole) {
            String said = heard.strip();
            while (!said.isEmpty() && !Character.isLetterOrDigit(said.charAt(said.length() - 1))) {
                said = said.substring(0, said.length() - 1);
            }
            return new Unheard(
                    whole.startsWith(said)
                            ? BETWEEN.matcher(whole.substring(said.length())).replaceFirst("")
                            : whole.strip());
        }
    }

    /** Of a {@link TimelineEntry.Kind#MESSAGE} that was not delivered: why, in a few words. */
    record NotDelivered(String reason) implements TimelineDetail {}
}

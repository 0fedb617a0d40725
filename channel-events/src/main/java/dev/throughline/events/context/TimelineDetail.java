package dev.throughline.events.context;

import dev.throughline.events.CallEvent;
import java.util.List;

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

    /** Of {@link TimelineEntry.Kind#QUALITY}: the call's flight record. */
    record Flight(CallEvent.Quality quality) implements TimelineDetail {}

    /** Of a {@link TimelineEntry.Kind#MESSAGE} that was not delivered: why, in a few words. */
    record NotDelivered(String reason) implements TimelineDetail {}
}

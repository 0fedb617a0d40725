package dev.throughline.events.context;

import dev.throughline.events.Channel;
import dev.throughline.events.Speaker;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of a lead's history as a person reads it.
 *
 * @param id stable: the same entry has the same id in every reading
 * @param speaker whose words, null for what is no utterance
 * @param text the words, or a sentence that says what happened
 * @param conversationId ElevenLabs conversation, null when none
 * @param callId CallSid, null when not of a call
 * @param provisional heard live, not yet confirmed by the provider's final transcript
 * @param interrupted the utterance was cut short
 * @param status delivery of a text, state of a call, hand-over or appointment; null when it has none
 * @param detail what there is to show beyond the words; null mostly
 */
public record TimelineEntry(
        UUID id,
        Instant time,
        Channel channel,
        Kind kind,
        @Nullable Speaker speaker,
        String text,
        @Nullable String conversationId,
        @Nullable String callId,
        boolean provisional,
        boolean interrupted,
        @Nullable String status,
        @Nullable TimelineDetail detail) {

    /** What sort of line it is; the console picks its look by it. */
    public enum Kind {
        MESSAGE,
        TURN,
        CALL,
        HAND_OVER,
        QUESTIONS,
        VOICE_MESSAGE,
        QUALITY,
        CONFERENCE,
        SUMMARY,
        TOOL,
        APPOINTMENT,
        CONSENT,
        LEAD,
        SCORE,
        FOLLOW_UP,
        NOTE
    }

    /** Whether these are words that were said or written by somebody. */
    public boolean isUtterance() {
        return kind == Kind.MESSAGE || kind == Kind.TURN;
    }
}

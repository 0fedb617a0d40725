package dev.throughline.events;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to a phone call. {@code callId} is the Twilio CallSid of the customer's leg. */
public sealed interface CallEvent extends ChannelEvent {

    /** The CallSid of the customer's leg. */
    String callId();

    /** Who began the call. */
    enum Direction {
        INBOUND,
        OUTBOUND
    }

    /** Which way the call's audio takes to the agent. */
    enum Path {
        BRIDGE,
        NATIVE,
        REGISTER,
        CONFERENCE,
        DIRECT
    }

    /**
     * {@code call.started}: published by telephony-gateway when the call's first webhook was answered.
     *
     * @param direction who began
     * @param path the audio's way
     * @param from caller, E.164 or what Twilio said ({@code anonymous}, {@code client:…})
     * @param to called address
     */
    record Started(String callId, Direction direction, Path path, String from, String to) implements CallEvent {}

    /**
     * {@code call.status-changed}: a Twilio call status that moved the call forward.
     *
     * @param status Twilio's CallStatus, for example {@code in-progress}
     * @param sequence Twilio's SequenceNumber, 0-based; -1 where none was sent
     */
    record StatusChanged(String callId, String status, int sequence) implements CallEvent {}

    /** Whom the customer spoke with on a call. */
    enum SpokeWith {
        AGENT,
        /** Somebody of the business: the call was handed over, or the business was rung. */
        HUMAN,
        /** Nobody: the caller was told something, may have left a message, or was not answered at all. */
        NOBODY
    }

    /**
     * {@code call.ended}: exactly one per call.
     *
     * @param status the terminal CallStatus: completed, busy, failed, no-answer or canceled
     * @param durationSeconds Twilio's CallDuration; 0 when never answered
     * @param reason why, in our words, null when the status says it all
     * @param spokeWith where telephony knows it, the human where it was both; null where only the call's turns and transcript tell, and
     *     from an older publisher
     */
    record Ended(
            String callId,
            String status,
            int durationSeconds,
            @Nullable String reason,
            @Nullable SpokeWith spokeWith) implements CallEvent {

        /** Of which nobody knows whom the customer spoke with. */
        public Ended(String callId, String status, int durationSeconds, @Nullable String reason) {
            this(callId, status, durationSeconds, reason, null);
        }
    }

    /**
     * {@code call.turn}: one utterance of a live call. Provisional: {@code conversation.analysed} supersedes it.
     *
     * @param conversationId ElevenLabs' conversation_id
     * @param turn 0-based number within the conversation, as this bridge counted
     * @param text the words; for an interrupted agent, what was really spoken
     * @param interrupted whether the customer cut the utterance short
     */
    record Turn(String callId, String conversationId, int turn, Speaker speaker, String text, boolean interrupted)
            implements CallEvent {}

    /**
     * {@code call.quality}: the flight record of a bridged call, published at its end.
     *
     * @param conversationId null when no agent was reached
     * @param setupMillis from the stream's start to the agent's metadata
     * @param firstAudioMillis from the stream's start to the first audio to the caller; -1 when there was none
     * @param responseMillis per turn, from the customer's transcript to the agent's first audio
     * @param interruptions how often the customer cut the agent short
     * @param framesIn audio frames from the caller passed on
     * @param framesOut audio messages from the agent passed on
     * @param framesDropped audio frames dropped in either direction
     * @param endedBy customer, agent, provider or bridge
     * @param flight every step in detail; null from an older publisher
     */
    record Quality(
            String callId,
            @Nullable String conversationId,
            long setupMillis,
            long firstAudioMillis,
            List<Long> responseMillis,
            int interruptions,
            long framesIn,
            long framesOut,
            long framesDropped,
            String endedBy,
            @Nullable CallFlight flight)
            implements CallEvent {}

    /**
     * A question an outbound call is made for.
     *
     * @param id unique within the call, for example {@code question_1}
     */
    record Question(String id, String text) {}

    /**
     * {@code call.questions-asked}: what the agent is to ask on an outbound call.
     *
     * @param conversationId null while it is not known
     */
    record QuestionsAsked(String callId, @Nullable String conversationId, List<Question> questions)
            implements CallEvent {}

    /**
     * {@code call.questions-answered}: what the customer said to each question, from the provider's final word on the conversation.
     *
     * @param conversationId null when the call has none
     */
    record QuestionsAnswered(String callId, @Nullable String conversationId, List<Answer> answers)
            implements CallEvent {}

    /**
     * The answer to one question.
     *
     * @param answer null when none was given
     * @param source {@code collected} by the provider's data collection, read from the {@code transcript}, or {@code none}
     */
    record Answer(
            String questionId, String question, @Nullable String answer, String source) {}

    /**
     * {@code call.answered-by}: what answering-machine detection found.
     *
     * @param answeredBy Twilio's word: human, machine_start, machine_end_beep, machine_end_silence, machine_end_other, fax or unknown
     */
    record AnsweredBy(String callId, String answeredBy) implements CallEvent {}

    /**
     * {@code call.message-left}: the caller left a voice message.
     *
     * @param recordingSid Twilio's RE…; the audio is fetched with credentials, on demand
     */
    record MessageLeft(String callId, String recordingSid, int durationSeconds) implements CallEvent {}

    /**
     * {@code call.hand-over}: a call on its way to a human and back.
     *
     * @param handOverId one per attempt
     * @param requestedBy {@code agent} or {@code operator:} and who
     * @param human the person's name, never the number; null before one was chosen
     * @param reason why, in the words of who asked; null when not told
     * @param last whether the hand-over is over with this stage: nobody else is rung for it
     */
    record HandOver(
            String callId,
            String handOverId,
            Stage stage,
            String requestedBy,
            @Nullable String human,
            @Nullable String reason,
            boolean last)
            implements CallEvent {

        /** How far it came. */
        public enum Stage {
            REQUESTED,
            RINGING,
            /** The human pressed the key; the caller is being connected. */
            ACCEPTED,
            BUSY,
            NO_ANSWER,
            DECLINED,
            /** A machine answered. */
            VOICEMAIL,
            /** The human could not be called. */
            FAILED,
            /** The caller hung up before it came to it. */
            CALLER_GONE,
            /** The call went back to the agent. */
            RETURNED,
            /** Human and caller are done. */
            ENDED
        }
    }
}

package dev.throughline.context.postcall;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.Channel;
import dev.throughline.events.ConversationEvent.FinalTurn;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A workspace webhook, in our words (ElevenLabs, <em>Post-call webhooks</em>). */
sealed interface PostCall {

    /** ElevenLabs' conversation_id; empty on types that name none. */
    String conversationId();

    /** The webhook's {@code type}. */
    String type();

    /** When ElevenLabs made it; together with conversation and type it tells repeats. Epoch where it was not told. */
    Instant at();

    /**
     * {@code post_call_transcription}.
     *
     * @param clues who it may belong to
     * @param callId CallSid; null on other channels or where it was not told
     * @param successful success, failure or unknown
     */
    record Transcription(
            String conversationId,
            Instant at,
            LeadClues clues,
            Channel channel,
            String agentId,
            @Nullable String callId,
            Instant startedAt,
            int durationSeconds,
            String status,
            List<FinalTurn> transcript,
            @Nullable String summary,
            String successful,
            Map<String, JsonNode> collected,
            Map<String, String> evaluation,
            @Nullable Double cost)
            implements PostCall {

        @Override
        public String type() {
            return "post_call_transcription";
        }
    }

    /** {@code post_call_audio}: the recording, which is acknowledged and not kept. */
    record Audio(String conversationId, Instant at) implements PostCall {

        @Override
        public String type() {
            return "post_call_audio";
        }
    }

    /**
     * {@code call_initiation_failure}: an outbound call that never began.
     *
     * @param reason busy, no-answer or unknown
     * @param callId CallSid, null where it was not told
     */
    record InitiationFailure(
            String conversationId,
            Instant at,
            LeadClues clues,
            String reason,
            @Nullable String callId) implements PostCall {

        @Override
        public String type() {
            return "call_initiation_failure";
        }
    }

    /** A type without meaning to us, for example {@code answering_machine_detection}: kept, answered 200. */
    record Other(String type, String conversationId, Instant at) implements PostCall {}
}

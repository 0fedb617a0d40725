package dev.throughline.events;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What happens to an ElevenLabs conversation, whatever the channel. */
public sealed interface ConversationEvent extends ChannelEvent {

    /** ElevenLabs' conversation_id. */
    String conversationId();

    /**
     * {@code conversation.started}.
     *
     * @param agentId the ElevenLabs agent
     * @param callId CallSid on VOICE, else null
     */
    record Started(
            String conversationId,
            Channel channel,
            String agentId,
            @Nullable String callId) implements ConversationEvent {}

    /**
     * {@code conversation.ended}.
     *
     * @param reason close reason in the provider's words, or ours
     */
    record Ended(String conversationId, Channel channel, String reason) implements ConversationEvent {}

    /**
     * {@code conversation.analysed}: the provider's final word. Its transcript supersedes the conversation's provisional
     * {@link CallEvent.Turn}s.
     *
     * @param callId CallSid on VOICE, else null
     * @param startedAt when the conversation began
     * @param durationSeconds metadata.call_duration_secs
     * @param status done or failed
     * @param summary analysis.transcript_summary, null when there was no analysis
     * @param successful analysis.call_successful: success, failure or unknown
     * @param collected analysis.data_collection_results: id to value (any JSON, may be null)
     * @param evaluation analysis.evaluation_criteria_results: id to success, failure or unknown
     * @param cost metadata.cost in credits, null when unknown
     */
    record Analysed(
            String conversationId,
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
            implements ConversationEvent {}

    /**
     * One turn of the provider's final transcript.
     *
     * @param offsetSeconds time_in_call_secs
     * @param interrupted whether the utterance was cut short
     * @param unheard the original longer text when it was cut short, else null
     */
    record FinalTurn(
            Speaker speaker,
            String text,
            int offsetSeconds,
            boolean interrupted,
            @Nullable String unheard) {}
}

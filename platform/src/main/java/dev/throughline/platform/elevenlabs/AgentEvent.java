package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * What an agent's socket says to us (ElevenLabs, <i>Agent WebSockets</i>, server to client). Strings are never null; a missing
 * optional text is the empty string, a missing event id is -1. Types this code does not know arrive as {@link Unknown}.
 */
public sealed interface AgentEvent {

    /** First of all: the conversation's id and the audio formats, e.g. {@code ulaw_8000}. No audio may be sent before it. */
    record Metadata(String conversationId, String agentOutputAudioFormat, String userInputAudioFormat)
            implements AgentEvent {}

    /** Answered by {@link AgentSocket} itself before the listener sees it. */
    record Ping(long eventId, @Nullable Integer pingMillis) implements AgentEvent {}

    /**
     * Speech in the announced output format.
     *
     * @param base64 to be spliced and not decoded: nothing but base64 characters in whole groups, and empty when the message held no such text
     */
    record Audio(String base64, long eventId) implements AgentEvent {}

    /** How certain the provider is that the customer speaks just now, 0 to 1; only from agents that are set up to send it. */
    record VoiceScore(double score) implements AgentEvent {}

    /** What the customer said, final. */
    record UserTranscript(String text, long eventId) implements AgentEvent {}

    /** What the agent says (voice) or writes (text). */
    record AgentResponse(String text, long eventId) implements AgentEvent {}

    /** After a barge-in: what was really spoken of an earlier response. */
    record AgentResponseCorrection(String original, String corrected, long eventId) implements AgentEvent {}

    /** The agent's turn is over; sent only if the agent has the event enabled. */
    record AgentResponseComplete(long eventId) implements AgentEvent {}

    /** The customer interrupted: audio with a SMALLER id is void, equal ids are still played. */
    record Interruption(long eventId) implements AgentEvent {}

    /** A tool this side must run; answer with {@link AgentMessages#clientToolResult}. {@code parameters} is an object. */
    record ClientToolCall(
            String toolName, String toolCallId, JsonNode parameters, boolean expectsResponse, long eventId)
            implements AgentEvent {}

    /** The agent is about to run a tool of its own side. */
    record AgentToolRequest(String toolName, String toolCallId, String toolType, long eventId) implements AgentEvent {}

    /** The agent ran a tool; {@code toolName} {@code end_call} means that it is hanging up. */
    record AgentToolResponse(String toolName, String toolCallId, String toolType, boolean error, long eventId)
            implements AgentEvent {

        /** Whether the agent ends the conversation with this. */
        public boolean endsCall() {
            return toolName.equals("end_call") && !error;
        }
    }

    /** A piece of a text answer; {@code part} is start, delta or stop. */
    record TextPart(String text, String part, long eventId) implements AgentEvent {}

    /** {@code waiting}, {@code admitted} or {@code timed_out} in the workspace's concurrency queue. */
    record QueueStatus(String status) implements AgentEvent {}

    /** {@code error} or {@code client_error}; as a rule the socket closes next. */
    record Failed(int code, String name, String message) implements AgentEvent {}

    /** Anything else, to be ignored; {@code type} is empty when the message had none. */
    record Unknown(String type) implements AgentEvent {}
}

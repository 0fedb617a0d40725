package dev.throughline.context.postcall;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.throughline.events.Channel;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.EventJson;
import dev.throughline.events.Speaker;
import dev.throughline.platform.web.ErrorMappers;
import dev.throughline.platform.web.Problem;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads post-call webhooks. Strict about what identifies them, lenient about everything else: {@code transcript},
 * {@code analysis}, client data and most of {@code metadata} may be missing or null. Pure.
 */
final class PostCallParser {

    private PostCallParser() {}

    /**
     * Reads a body as it was stored.
     *
     * @throws Problem 400 that names the field which is missing or wrong
     */
    static PostCall parse(byte[] body) {
        try {
            return parse(EventJson.mapper().readTree(body));
        } catch (JsonProcessingException malformed) {
            throw ErrorMappers.jsonProblem(malformed);
        } catch (IOException malformed) {
            throw Problem.invalid("body", "is not valid JSON");
        }
    }

    /** As {@link #parse(byte[])}, of JSON. */
    static PostCall parse(JsonNode root) {
        if (root == null || !root.isObject()) {
            throw Problem.invalid("body", "must be a JSON object");
        }
        Fields top = new Fields("", root);
        // The older shape names its type "event".
        String type = top.node().has("type") || !top.node().has("event") ? top.text("type") : top.text("event");
        Fields data = top.object("data");
        Instant at = top.instant("event_timestamp");
        return switch (type) {
            case "post_call_transcription" -> transcription(data, at);
            case "post_call_audio" -> new PostCall.Audio(data.text("conversation_id"), at);
            case "call_initiation_failure" -> failure(data, at);
            default ->
                new PostCall.Other(type, data.node().path("conversation_id").asText(""), at);
        };
    }

    private static PostCall transcription(Fields data, Instant at) {
        String conversationId = data.text("conversation_id");
        Fields metadata = data.optionalObject("metadata");
        JsonNode phoneCall = metadata.node().path("phone_call");
        Variables variables = Variables.of(data);
        Channel channel = channel(metadata.node(), variables);
        @Nullable String callSid = firstText(
                phoneCall.path("call_sid"),
                variables.get("call_sid"),
                variables.get("system__call_sid"),
                callSid(variables.get("call_id")));
        JsonNode analysis = data.optionalObject("analysis").node();
        return new PostCall.Transcription(
                conversationId,
                at,
                new LeadClues(
                        uuid(variables.get("lead_id")),
                        uuid(variables.get("tenant_id")),
                        Stream.of(conversationId, callSid)
                                .filter(Objects::nonNull)
                                .toList(),
                        firstText(phoneCall.path("agent_number"), variables.get("system__called_number")),
                        firstText(
                                variables.get("customer_phone"),
                                phoneCall.path("external_number"),
                                metadata.node().path("phone_number"),
                                variables.get("caller_number"),
                                variables.get("system__caller_id"))),
                channel,
                data.node().path("agent_id").asText(""),
                channel == Channel.VOICE ? callSid : null,
                startedAt(metadata, at),
                metadata.node().path("call_duration_secs").asInt(0),
                data.node().path("status").asText("done"),
                turns(data),
                firstText(analysis.path("transcript_summary")),
                orUnknown(analysis.path("call_successful")),
                collected(analysis.path("data_collection_results")),
                evaluation(analysis.path("evaluation_criteria_results")),
                metadata.node().path("cost").isNumber()
                        ? metadata.node().path("cost").asDouble()
                        : null);
    }

    private static Channel channel(JsonNode metadata, Variables variables) {
        String told = variables.get("channel").asText("").toLowerCase(Locale.ROOT);
        return switch (told) {
            case "sms" -> Channel.SMS;
            case "chat" -> Channel.CHAT;
            case "voice" -> Channel.VOICE;
            default -> metadata.path("text_only").asBoolean(false) ? Channel.SMS : Channel.VOICE;
        };
    }

    private static Instant startedAt(Fields metadata, Instant otherwise) {
        JsonNode told = metadata.node().path("start_time_unix_secs");
        return told.isIntegralNumber() ? metadata.instant("start_time_unix_secs") : otherwise;
    }

    private static List<FinalTurn> turns(Fields data) {
        List<FinalTurn> turns = new ArrayList<>();
        for (Fields turn : data.objects("transcript")) {
            String role = turn.text("role");
            String message = turn.node().path("message").asText("");
            // A turn without words only called a tool; the call is an event of its own.
            if (turn.node().path("message").isNull() || message.isBlank()) {
                continue;
            }
            boolean interrupted = turn.node().path("interrupted").asBoolean(false);
            turns.add(new FinalTurn(
                    "user".equals(role) ? Speaker.CUSTOMER : Speaker.AGENT,
                    message,
                    turn.node().path("time_in_call_secs").asInt(0),
                    interrupted,
                    interrupted ? firstText(turn.node().path("original_message")) : null));
        }
        return turns;
    }

    private static Map<String, JsonNode> collected(JsonNode results) {
        Map<String, JsonNode> collected = new LinkedHashMap<>();
        results.properties()
                .forEach(entry -> collected.put(entry.getKey(), entry.getValue().path("value")));
        collected.values().removeIf(JsonNode::isMissingNode);
        return collected;
    }

    private static Map<String, String> evaluation(JsonNode results) {
        Map<String, String> evaluation = new LinkedHashMap<>();
        results.properties()
                .forEach(entry -> evaluation.put(
                        entry.getKey(), orUnknown(entry.getValue().path("result"))));
        return evaluation;
    }

    private static PostCall failure(Fields data, Instant at) {
        String conversationId = data.text("conversation_id");
        JsonNode body = data.node().path("metadata").path("body");
        @Nullable String callSid = firstText(body.path("CallSid"), body.path("call_sid"));
        return new PostCall.InitiationFailure(
                conversationId,
                at,
                new LeadClues(
                        null,
                        null,
                        Stream.of(conversationId, callSid)
                                .filter(Objects::nonNull)
                                .toList(),
                        firstText(body.path("From"), body.path("from_number")),
                        firstText(body.path("To"), body.path("to_number"))),
                orUnknown(data.node().path("failure_reason")),
                callSid);
    }

    /** An id of a call, if it is Twilio's; else nothing. */
    private static JsonNode callSid(JsonNode callId) {
        return callId.asText("").startsWith("CA") ? callId : MissingNode.getInstance();
    }

    private static @Nullable UUID uuid(JsonNode value) {
        try {
            return UUID.fromString(value.asText(""));
        } catch (IllegalArgumentException notOurs) {
            return null;
        }
    }

    private static String orUnknown(JsonNode value) {
        @Nullable String text = firstText(value);
        return text == null ? "unknown" : text;
    }

    private static @Nullable String firstText(JsonNode... candidates) {
        for (JsonNode candidate : candidates) {
            if (candidate.isTextual() && !candidate.asText().isBlank()) {
                return candidate.asText();
            }
        }
        return null;
    }

    /** Our variables: under {@code dynamic_variables} today, straight under the client data in the older shape. */
    private record Variables(JsonNode dynamic, JsonNode older) {

        static Variables of(Fields data) {
            JsonNode client = data.node().path("conversation_initiation_client_data");
            return new Variables(client.path("dynamic_variables"), client);
        }

        JsonNode get(String name) {
            return dynamic.hasNonNull(name) ? dynamic.path(name) : older.path(name);
        }
    }
}

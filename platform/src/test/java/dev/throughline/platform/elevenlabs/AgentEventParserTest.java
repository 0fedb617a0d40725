package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Every documented message of the socket, both ways. */
class AgentEventParserTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void shouldReadEveryDocumentedEvent() {
        Map<String, Class<?>> expected = new LinkedHashMap<>();
        expected.put("conversation_initiation_metadata", AgentEvent.Metadata.class);
        expected.put("conversation_initiation_metadata_pcm16000", AgentEvent.Metadata.class);
        expected.put("ping", AgentEvent.Ping.class);
        expected.put("ping_first", AgentEvent.Ping.class);
        expected.put("audio", AgentEvent.Audio.class);
        expected.put("audio_minimal", AgentEvent.Audio.class);
        expected.put("user_transcript", AgentEvent.UserTranscript.class);
        expected.put("agent_response", AgentEvent.AgentResponse.class);
        expected.put("agent_response_minimal", AgentEvent.AgentResponse.class);
        expected.put("agent_response_correction", AgentEvent.AgentResponseCorrection.class);
        expected.put("agent_response_complete", AgentEvent.AgentResponseComplete.class);
        expected.put("interruption", AgentEvent.Interruption.class);
        expected.put("client_tool_call", AgentEvent.ClientToolCall.class);
        expected.put("agent_tool_request", AgentEvent.AgentToolRequest.class);
        expected.put("agent_tool_response", AgentEvent.AgentToolResponse.class);
        expected.put("agent_tool_response_end_call", AgentEvent.AgentToolResponse.class);
        expected.put("agent_tool_response_full_payload", AgentEvent.AgentToolResponse.class);
        expected.put("agent_chat_response_part", AgentEvent.TextPart.class);
        expected.put("queue_status", AgentEvent.QueueStatus.class);
        expected.put("vad_score", AgentEvent.VoiceScore.class);
        expected.put("error", AgentEvent.Failed.class);
        expected.put("client_error", AgentEvent.Failed.class);
        for (String name : Set.of(
                "agent_reasoning_response_part",
                "agent_response_metadata",
                "agent_typing",
                "asr_initiation_metadata",
                "context_usage",
                "external_agent_connected",
                "guardrail_triggered",
                "internal_tentative_agent_response",
                "internal_turn_probability",
                "mcp_connection_status",
                "mcp_tool_call",
                "rich_content",
                "tentative_user_transcript",
                "unknown_future_event")) {
            expected.put(name, AgentEvent.Unknown.class);
        }
        expected.forEach((name, type) -> {
            JsonNode documented = tree(fixture("s2c_" + name));
            // Some files show several messages of one type.
            for (JsonNode message : documented.isArray() ? documented : List.of(documented)) {
                assertThat(parse(message.toString())).as(name).isInstanceOf(type);
            }
        });
    }

    @Test
    void shouldReadTheFieldsThatMatter() {
        assertThat(parse(fixture("s2c_agent_tool_response_end_call")))
                .isInstanceOfSatisfying(AgentEvent.AgentToolResponse.class, e -> assertThat(e.endsCall())
                        .isTrue());
        JsonNode audio = tree(fixture("s2c_audio")).path("audio_event");
        assertThat(parse(fixture("s2c_audio")))
                .isEqualTo(new AgentEvent.Audio(
                        audio.path("audio_base_64").asText(),
                        audio.path("event_id").asLong()));
        JsonNode transcript = tree(fixture("s2c_user_transcript")).path("user_transcription_event");
        assertThat(parse(fixture("s2c_user_transcript")))
                .isEqualTo(new AgentEvent.UserTranscript(
                        transcript.path("user_transcript").asText(),
                        transcript.path("event_id").asLong()));
        assertThat(parse(fixture("s2c_client_error")))
                .isInstanceOfSatisfying(
                        AgentEvent.Failed.class, e -> assertThat(e.name()).isNotEmpty());
        assertThat(parse(fixture("s2c_error")))
                .isInstanceOfSatisfying(
                        AgentEvent.Failed.class, e -> assertThat(e.code()).isBetween(1000, 1011));
    }

    @Test
    void shouldReadAudioWhateverTheOrderAndTheExtras() {
        AgentEvent expected = new AgentEvent.Audio("//7/Ab+=", 7);
        assertThat(
                        parse(
                                "{\"audio_event\":{\"event_id\":7,\"alignment\":{\"chars\":[\"a\"]},\"audio_base_64\":\"//7/Ab+=\"},\"x\":[{}],\"type\":\"audio\"}"))
                .isEqualTo(expected);
        assertThat(
                        parse(
                                "{ \"type\" : \"audio\", \"audio_event\" : { \"audio_base_64\" : \"\\/\\/7\\/Ab+=\", \"event_id\" : 7 } }"))
                .isEqualTo(expected);
    }

    @Test
    void shouldNotTakeTextForAudio() {
        assertThat(
                        parse(
                                "{\"type\":\"agent_response\",\"agent_response_event\":{\"agent_response\":\"say \\\"audio_base_64\\\"\",\"event_id\":1}}"))
                .isInstanceOf(AgentEvent.AgentResponse.class);
        assertThat(parse("{\"type\":\"user_transcript\",\"audio_event\":{\"audio_base_64\":\"x\"}}"))
                .isInstanceOf(AgentEvent.UserTranscript.class);
    }

    @Test
    void shouldTolerateWhatIsMissingAndRefuseWhatIsNoObject() {
        assertThat(parse("{\"type\":\"user_transcript\"}")).isEqualTo(new AgentEvent.UserTranscript("", -1));
        assertThat(parse("{}")).isEqualTo(new AgentEvent.Unknown(""));
        for (String frame : new String[] {"", "null", "[]", "{", "\"text\"", "{\"type\":\"audio\",\"audio_base_64\""}) {
            assertThat(AgentEventParser.parse(frame)).as(frame).isEmpty();
        }
    }

    @Property(tries = 200)
    void shouldNeverThrow(@ForAll String frame) {
        assertThat(AgentEventParser.parse(frame)).isNotNull();
        assertThat(AgentEventParser.parse("{\"type\":\"audio\",\"audio_base_64\":" + frame))
                .isNotNull();
    }

    @Test
    void shouldWriteWhatTheFixturesShow() {
        assertSame(AgentMessages.pong(tree(fixture("c2s_pong")).path("event_id").asLong()), "c2s_pong");
        assertSame(AgentMessages.userActivity(), "c2s_user_activity");
        JsonNode audio = tree(fixture("c2s_user_audio_chunk"));
        assertSame(AgentMessages.userAudioChunk(audio.path("user_audio_chunk").asText()), "c2s_user_audio_chunk");
        JsonNode update = tree(fixture("c2s_contextual_update"));
        assertSame(
                update.has("context_id")
                        ? AgentMessages.contextualUpdate(
                                update.path("text").asText(),
                                update.path("context_id").asText())
                        : AgentMessages.contextualUpdate(update.path("text").asText()),
                "c2s_contextual_update");
        JsonNode result = tree(fixture("c2s_client_tool_result"));
        assertSame(
                AgentMessages.clientToolResult(
                        result.path("tool_call_id").asText(),
                        result.path("result").asText(),
                        result.path("is_error").asBoolean()),
                "c2s_client_tool_result");
    }

    @Test
    void shouldOpenWithVariablesAndOnlyTheGivenOverrides() {
        assertThat(tree(AgentMessages.initiation(Map.of("lead_id", "lead-42"))))
                .isEqualTo(
                        tree(
                                "{\"type\":\"conversation_initiation_client_data\",\"dynamic_variables\":{\"lead_id\":\"lead-42\"}}"));
        assertThat(tree(AgentMessages.initiation(
                        Map.of("a", "b"),
                        Map.of(
                                "agent.first_message",
                                "Hi!",
                                "agent.prompt.prompt",
                                "You",
                                "conversation.text_only",
                                true),
                        "lead-42")))
                .isEqualTo(tree(
                        "{\"type\":\"conversation_initiation_client_data\",\"conversation_config_override\":{\"agent\":"
                                + "{\"first_message\":\"Hi!\",\"prompt\":{\"prompt\":\"You\"}},\"conversation\":{\"text_only\":true}},"
                                + "\"dynamic_variables\":{\"a\":\"b\"},\"user_id\":\"lead-42\"}"));
    }

    private static void assertSame(String message, String fixture) {
        assertThat(tree(message)).as(fixture).isEqualTo(tree(fixture(fixture)));
    }

    private static AgentEvent parse(String frame) {
        return AgentEventParser.parse(frame).orElseThrow(() -> new AssertionError(frame));
    }

    private static JsonNode tree(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String fixture(String name) {
        try (InputStream in = AgentEventParserTest.class.getResourceAsStream("/elevenlabs/" + name + ".json")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

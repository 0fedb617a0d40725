package dev.throughline.tools.provisioning;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

class WishesTest {

    @Test
    void shouldGiveAToolTheParametersItsEndpointReadsAndIdentityFromVariables() {
        JsonNode tool = wanted(Wishes.toolId("book_appointment"));

        assertThat(tool.at("/api_schema/url").asText()).isEqualTo(Examples.BASE + "/api/tools/book_appointment");
        JsonNode schema = tool.at("/api_schema/request_body_schema");
        JsonNode properties = schema.path("properties").path(Wanted.ONLY);
        assertThat(properties.path("tenantId").path("dynamic_variable").asText())
                .isEqualTo("tenant_id");
        assertThat(properties.path("service").path("description").asText()).isEqualTo("The service");
        assertThat(schema.path("required").toString()).isEqualTo("[\"service\"]");
        // Two sources of one value are refused with 422.
        properties.forEach(property -> assertThat(property.size()).isEqualTo(2));
    }

    @Test
    void shouldSpeakMulawAndKeepInterruptionOn() {
        JsonNode config = wanted(Wishes.VOICE_AGENT).path("conversation_config");

        assertThat(config.at("/tts/agent_output_audio_format").asText()).isEqualTo("ulaw_8000");
        assertThat(config.at("/asr/user_input_audio_format").asText()).isEqualTo("ulaw_8000");
        assertThat(texts(config.at("/conversation/client_events/" + Wanted.HAS)))
                .contains("audio", "interruption", "agent_response_correction", "client_tool_call");
    }

    @Test
    void shouldEnableEveryOverrideTheSuiteOrTheRecordMaySend() {
        JsonNode overrides = wanted(Wishes.VOICE_AGENT).at("/platform_settings/overrides/conversation_config_override");

        assertThat(overrides.at("/agent/first_message").asBoolean()).isTrue();
        assertThat(overrides.at("/agent/language").asBoolean()).isTrue();
        assertThat(overrides.at("/conversation/text_only").asBoolean()).isTrue();
    }

    @Test
    void shouldGiveTheAgentThatWritesNoFirstMessageAndNoToolThatNeedsACall() {
        JsonNode config = wanted(Wishes.TEXT_AGENT).path("conversation_config");

        assertThat(config.at("/conversation/text_only").asBoolean()).isTrue();
        assertThat(config.at("/agent/first_message").asText("?")).isEmpty();
        assertThat(config.at("/agent/prompt/tool_ids/" + Wanted.HAS).toString())
                .contains("book_appointment")
                .doesNotContain("transfer_to_human");
    }

    @Test
    void shouldLeaveTheCallsOfANativeTenantToElevenLabs() {
        Tenant salon = Examples.setup().tenant();
        Tenant carried = new Tenant(
                salon.id(),
                salon.name(),
                salon.twilioPhoneNumber(),
                null,
                salon.timeZone(),
                salon.country(),
                salon.language(),
                VoicePath.NATIVE,
                salon.settings(),
                List.of(),
                1);

        JsonNode number =
                find(Wishes.of(Examples.setup(carried)), Wishes.NUMBER).wanted();

        assertThat(number.has("voice_url")).isFalse();
        assertThat(number.path("sms_url").asText()).endsWith("/api/webhooks/twilio/sms/incoming#rc=3&rp=ct,5xx");
        assertThat(find(Wishes.of(Examples.setup(carried)), Wishes.IMPORTED_NUMBER)
                        .wanted()
                        .path("takes_calls")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void shouldSayInWordsWhatDiffersAndSendOnlyThat() {
        JsonNode wanted = Wanted.document(Wanted.object(
                "tts", Wanted.object("agent_output_audio_format", "ulaw_8000", "model_id", "m"),
                "events", Wanted.has(List.of("audio", "interruption"))));
        JsonNode actual = Wanted.document(Wanted.object(
                "tts", Wanted.object("agent_output_audio_format", "pcm_16000", "model_id", "m", "speed", 1),
                "events", List.of("vad_score", "audio")));

        assertThat(Differences.between(wanted, actual))
                .containsExactly(
                        "tts.agent_output_audio_format: pcm_16000 → ulaw_8000", "events: interruption is missing");
        assertThat(Differences.changed(wanted, actual).toString())
                .isEqualTo(
                        "{\"tts\":{\"agent_output_audio_format\":\"ulaw_8000\"},\"events\":[\"vad_score\",\"audio\",\"interruption\"]}");
        assertThat(Differences.plain(wanted, MissingNode.getInstance())
                        .path("events")
                        .size())
                .isEqualTo(2);
    }

    private static JsonNode wanted(String id) {
        return find(Wishes.of(Examples.setup()), id).wanted();
    }

    private static Wish find(List<Wish> wishes, String id) {
        return wishes.stream().filter(wish -> wish.id().equals(id)).findFirst().orElseThrow();
    }

    private static List<String> texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }
}

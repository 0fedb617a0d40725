package dev.throughline.context.postcall;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.events.Channel;
import dev.throughline.events.ConversationEvent.FinalTurn;
import dev.throughline.events.Speaker;
import dev.throughline.platform.web.Problem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostCallParserTest {

    @Test
    void shouldReadTodaysTranscription() throws IOException {
        PostCall.Transcription t = transcription("webhook_post_call_transcription.json");

        assertThat(t.conversationId()).isEqualTo("conv_0123456789abcdefghjkmnpqrs");
        assertThat(t.at()).isEqualTo(Instant.ofEpochSecond(1795168860));
        assertThat(t.channel()).isEqualTo(Channel.VOICE);
        assertThat(t.callId()).isEqualTo("CA00000000000000000000000000000001");
        assertThat(t.startedAt()).isEqualTo(Instant.ofEpochSecond(1795168800));
        assertThat(t.durationSeconds()).isEqualTo(42);
        assertThat(t.cost()).isEqualTo(296.0);
        assertThat(t.evaluation()).isEqualTo(Map.of("booked", "success", "courtesy", "success"));
        assertThat(t.collected().get("preferred_date").asText()).isEqualTo("2026-11-23");
        assertThat(t.transcript())
                .startsWith(
                        new FinalTurn(Speaker.AGENT, "Hello, this is Harbour Salon. How can I help?", 0, false, null));
        assertThat(t.transcript())
                .contains(new FinalTurn(
                        Speaker.AGENT, "Monday at ten is free.", 9, true, "Monday at ten is free. Shall I book it?"));
    }

    @Test
    void shouldReadTheSparseTranscription() throws IOException {
        PostCall.Transcription t = transcription("webhook_post_call_transcription_sparse.json");

        assertThat(t.transcript()).isEmpty();
        assertThat(t.summary()).isNull();
        assertThat(t.successful()).isEqualTo("unknown");
        assertThat(t.clues().leadId()).isNull();
    }

    @Test
    void shouldTellATextConversationByItsMetadata() throws IOException {
        PostCall.Transcription t = transcription("webhook_post_call_transcription_text_only.json");

        assertThat(t.channel()).isEqualTo(Channel.SMS);
        assertThat(t.callId()).isNull();
    }

    @Test
    void shouldReadTheOlderShapeWhereIdsStandStraightUnderTheClientData() {
        UUID lead = UUID.randomUUID();
        PostCall.Transcription t = (PostCall.Transcription) parse("""
                {"type":"post_call_transcription","data":{"conversation_id":"conv_old",
                 "conversation_initiation_client_data":{"lead_id":"%s"},"metadata":{"phone_number":"+12025550142"}}}""".formatted(lead));

        assertThat(t.clues().leadId()).isEqualTo(lead);
        assertThat(t.clues().customerNumber()).isEqualTo("+12025550142");
        assertThat(t.at()).isEqualTo(Instant.EPOCH);
    }

    @Test
    void shouldReadBothKindsOfFailureAndTheRecording() throws IOException {
        PostCall.InitiationFailure twilio =
                (PostCall.InitiationFailure) parse(fixture("webhook_call_initiation_failure_twilio.json"));
        PostCall.InitiationFailure sip =
                (PostCall.InitiationFailure) parse(fixture("webhook_call_initiation_failure_sip.json"));

        assertThat(twilio.reason()).isEqualTo("busy");
        assertThat(twilio.clues().customerNumber()).isEqualTo("+12025550142");
        assertThat(twilio.clues().businessNumber()).isEqualTo("+12025550100");
        assertThat(sip.clues().customerNumber()).isNotBlank();
        assertThat(parse(fixture("webhook_post_call_audio.json"))).isInstanceOf(PostCall.Audio.class);
    }

    @Test
    void shouldTakeTypesItDoesNotKnow() {
        assertThat(parse("{\"type\":\"answering_machine_detection\",\"event_timestamp\":1,\"data\":{}}"))
                .isEqualTo(new PostCall.Other("answering_machine_detection", "", Instant.ofEpochSecond(1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "type | {}",
                "type | {\"type\":7,\"data\":{}}",
                "data | {\"type\":\"post_call_transcription\"}",
                "data.conversation_id | {\"type\":\"post_call_transcription\",\"data\":{}}",
                "event_timestamp | {\"type\":\"post_call_audio\",\"event_timestamp\":\"now\",\"data\":{\"conversation_id\":\"c\"}}",
                "event_timestamp | {\"type\":\"post_call_audio\",\"event_timestamp\":-1,\"data\":{\"conversation_id\":\"c\"}}",
                "data.transcript | {\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":\"c\",\"transcript\":\"hi\"}}",
                "data.transcript[0] | {\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":\"c\",\"transcript\":[1]}}",
                "data.transcript[0].role | {\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":\"c\",\"transcript\":[{}]}}",
                "data.metadata | {\"type\":\"post_call_transcription\",\"data\":{\"conversation_id\":\"c\",\"metadata\":[]}}",
                "body | [1]",
                "body | {\"type\":"
            })
    void shouldNameTheFieldThatIsWrong(String field, String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOfSatisfying(Problem.class, problem -> assertThat(problem.fields())
                        .extracting(Problem.Field::field)
                        .containsExactly(field));
    }

    private static PostCall.Transcription transcription(String name) throws IOException {
        return (PostCall.Transcription) parse(fixture(name));
    }

    private static PostCall parse(String json) {
        return PostCallParser.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    static String fixture(String name) throws IOException {
        try (InputStream in =
                Objects.requireNonNull(PostCallParserTest.class.getResourceAsStream("/elevenlabs/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

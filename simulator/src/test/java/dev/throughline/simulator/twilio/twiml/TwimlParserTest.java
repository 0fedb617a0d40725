package dev.throughline.simulator.twilio.twiml;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TwimlParserTest {

    @Test
    void shouldReadTheStreamOfTheReference() throws Exception {
        TwimlDocument document = TwimlParser.parse(fixture("twiml-connect-stream.xml"));

        assertThat(document.warnings()).isEmpty();
        assertThat(document.verbs()).hasSize(1);
        Verb.Connect connect = (Verb.Connect) document.verbs().getFirst();
        assertThat(connect.action()).isEqualTo("https://voice.example.com/api/twilio/stream-ended");
        assertThat(connect.stream().url()).isEqualTo("wss://voice.example.com/api/twilio/media-stream");
        assertThat(connect.stream().parameters())
                .isEqualTo(Map.of("token", "one-time-token-123", "tenantId", "tenant-1", "leadId", "lead-42"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "twiml-connect-stream-fallthrough.xml",
                "twiml-empty.xml",
                "twiml-message-reply.xml",
                "twiml-redirect.xml",
                "twiml-reject.xml",
                "twiml-say-hangup.xml"
            })
    void shouldReadTheOtherReferencesWithoutAWarning(String name) throws Exception {
        assertThat(TwimlParser.parse(fixture(name)).warnings()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hello",
                "<Response>",
                "<response/>",
                "<Twiml/>",
                "<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/hostname\">]><Response><Say>&x;</Say></Response>"
            })
    void shouldRefuseWhatIsNoDocument(String xml) {
        assertThatThrownBy(() -> TwimlParser.parse(xml))
                .isInstanceOfSatisfying(
                        TwimlException.class, e -> assertThat(e.code()).isEqualTo(12100));
    }

    @Test
    void shouldSpeakPlainTextThatIsNoTwiml() throws Exception {
        assertThat(TwimlParser.parse("text/plain", "Hello there", true).verbs())
                .isEqualTo(List.of(new Verb.Say("Hello there", 1)));
        assertThat(TwimlParser.parse("text/plain", "<Response><Hangup/></Response>", true)
                        .verbs())
                .isEqualTo(List.of(new Verb.Hangup()));
    }

    private static String fixture(String name) throws Exception {
        try (InputStream in = TwimlParserTest.class.getResourceAsStream("/twilio/" + name)) {
            return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

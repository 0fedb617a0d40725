package dev.throughline.telephony.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VoiceTwimlTest {

    private static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";

    @Test
    void shouldConnectToTheSocketWithParametersInTheirOrder() {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("agent_id", "agent_1");
        parameters.put("business_name", "Salt & \"Pepper\" <Salon>");

        String twiml = VoiceTwiml.connectStream(
                "wss://voice.example.com/media-stream",
                "https://voice.example.com/stream-status",
                "https://voice.example.com/stream-ended",
                parameters);

        assertThat(twiml)
                .isEqualToIgnoringNewLines(HEAD
                        + "<Response><Connect action=\"https://voice.example.com/stream-ended\" method=\"POST\">"
                        + "<Stream statusCallback=\"https://voice.example.com/stream-status\" statusCallbackMethod=\"POST\""
                        + " url=\"wss://voice.example.com/media-stream\">"
                        + "<Parameter name=\"agent_id\" value=\"agent_1\"/>"
                        + "<Parameter name=\"business_name\" value=\"Salt &amp; &quot;Pepper&quot; &lt;Salon&gt;\"/>"
                        + "</Stream></Connect></Response>");
    }

    @Test
    void shouldKeepEachParameterUnderFiveHundredCharacters() {
        String name = "business_name";
        String fitting = VoiceTwiml.fitting(name, "n".repeat(900));

        assertThat(name.length() + fitting.length()).isEqualTo(499);
        assertThat(connect(Map.of(name, fitting))).contains(fitting);
        assertThatThrownBy(() -> connect(Map.of(name, fitting + "n")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(name);
    }

    @Test
    void shouldNotCutACharacterInTwo() {
        // 497 characters are left beside a name of two: x and 248 pairs, the last of them whole.
        assertThat(VoiceTwiml.fitting("ab", "x" + "😀".repeat(300))).isEqualTo("x" + "😀".repeat(248));
        assertThat(VoiceTwiml.fitting("ab", "😀".repeat(300))).isEqualTo("😀".repeat(248));
    }

    @Test
    void shouldSpeakTheSentencesOfTheContract() {
        assertThat(VoiceTwiml.sayAndHangUp(Sentence.NOT_IN_SERVICE.words()))
                .isEqualToIgnoringNewLines(
                        HEAD + "<Response><Say>This number is not in service.</Say><Hangup/></Response>");
        assertThat(Sentence.AGENT_UNAVAILABLE.words()).isEqualTo("Our AI assistant is temporarily unavailable.");
        assertThat(Sentence.AGENT_NOT_CONFIGURED.words()).isEqualTo("Our AI assistant is not properly configured.");
        assertThat(Sentence.ERROR.words()).isEqualTo("We encountered an error. Please try again later.");
    }

    @Test
    void shouldRingTheFallbackAfterTheSentence() {
        assertThat(VoiceTwiml.sayThenRing("Sorry.", new Fallback("+12025550190", null)))
                .isEqualToIgnoringNewLines(HEAD + "<Response><Say>Sorry.</Say><Dial>+12025550190</Dial></Response>");
        assertThat(VoiceTwiml.sayThenRing("Sorry.", new Fallback("+12025550190", "+12025550102")))
                .contains("<Dial callerId=\"+12025550102\">+12025550190</Dial>");
        assertThat(VoiceTwiml.sayThenRing("Sorry.", null)).contains("<Say>Sorry.</Say><Hangup/>");
    }

    @Test
    void shouldRejectWithTheBusyTone() {
        assertThat(VoiceTwiml.rejectAsBusy())
                .isEqualToIgnoringNewLines(HEAD + "<Response><Reject reason=\"busy\"/></Response>");
    }

    private static String connect(Map<String, String> parameters) {
        return VoiceTwiml.connectStream("wss://h/s", "https://h/c", "https://h/a", parameters);
    }
}

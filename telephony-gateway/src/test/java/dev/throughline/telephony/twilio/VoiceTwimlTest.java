package dev.throughline.telephony.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.time.Duration;
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
    void shouldRingTheBusinessAndAskWhatComesThen() {
        assertThat(VoiceTwiml.ring(
                        "Sorry.",
                        new Fallback("+12025550190", null),
                        Duration.ofSeconds(25),
                        "https://h/dial-ended",
                        "https://h/answered#rc=3"))
                .isEqualToIgnoringNewLines(
                        HEAD + "<Response><Say>Sorry.</Say>"
                                + "<Dial action=\"https://h/dial-ended\" method=\"POST\" timeout=\"25\"><Number statusCallback=\"https://h/answered#rc=3\""
                                + " statusCallbackEvent=\"answered\" statusCallbackMethod=\"POST\">+12025550190</Number></Dial></Response>");
        assertThat(VoiceTwiml.ring(
                        null,
                        new Fallback("+12025550190", "+12025550102"),
                        Duration.ofSeconds(25),
                        "https://h/d",
                        "https://h/a"))
                .contains("<Response><Dial ", "callerId=\"+12025550102\"");
    }

    @Test
    void shouldTakeAMessageAndNotLeaveASilentCallerInSilence() {
        assertThat(VoiceTwiml.takeMessage(
                        "After the tone.",
                        Duration.ofMinutes(2),
                        "https://h/message-ended",
                        "https://h/recording?tenant=1&lead=2",
                        "Nothing."))
                .isEqualToIgnoringNewLines(HEAD + "<Response><Say>After the tone.</Say>"
                        + "<Record action=\"https://h/message-ended\" maxLength=\"120\" method=\"POST\" playBeep=\"true\""
                        + " recordingStatusCallback=\"https://h/recording?tenant=1&amp;lead=2\""
                        + " recordingStatusCallbackMethod=\"POST\"/>"
                        + "<Say>Nothing.</Say><Hangup/></Response>");
    }

    @Test
    void shouldRejectFirstAndAlone() {
        assertThat(VoiceTwiml.reject(true))
                .isEqualToIgnoringNewLines(HEAD + "<Response><Reject reason=\"busy\"/></Response>");
        assertThat(VoiceTwiml.reject(false))
                .isEqualToIgnoringNewLines(HEAD + "<Response><Reject reason=\"rejected\"/></Response>");
    }

    @Test
    void shouldPutWhatIsTooLongForOneParameterIntoTwo() {
        assertThat(VoiceTwiml.inTwo("token", "short")).containsExactly(Map.entry("token", "short"));
        String value = "x".repeat(494) + "y".repeat(200);
        assertThat(VoiceTwiml.inTwo("token", value))
                .containsOnly(Map.entry("token", "x".repeat(494)), Map.entry("token_2", "y".repeat(200)));
        assertThat(connect(VoiceTwiml.inTwo("token", value))).contains("token_2");
    }

    private static String connect(Map<String, String> parameters) {
        return VoiceTwiml.connectStream("wss://h/s", "https://h/c", "https://h/a", parameters);
    }
}

package dev.throughline.mediabridge.agent;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.platform.elevenlabs.AgentEvent;
import org.junit.jupiter.api.Test;

class ClientToolsTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Test
    void shouldPlayTheKeysOfAMenu() {
        ClientTools.Result result = run(keypad().put("dtmf_tones", "1w2#"));

        assertThat(result.error()).isFalse();
        assertThat(result.sound()).isNotEmpty();
    }

    @Test
    void shouldTakeANumberAndTheWayPeopleWriteOne() {
        assertThat(run(keypad().put("dtmf_tones", 42)).sound())
                .isEqualTo(run(keypad().put("dtmf_tones", "4-2 ")).sound());
    }

    @Test
    void shouldSayWhatWasWrong() {
        assertThat(run(keypad().put("dtmf_tones", "1y")))
                .satisfies(result -> assertThat(result.error()).isTrue())
                .satisfies(result -> assertThat(result.sound()).isEmpty())
                .satisfies(result -> assertThat(result.result()).contains("no such key"));
        assertThat(run(keypad()).error()).isTrue();
        assertThat(run(keypad().put("dtmf_tones", "")).error()).isTrue();
    }

    @Test
    void shouldKnowNoOtherTool() {
        assertThat(run("open_page", MAPPER.createObjectNode()).error()).isTrue();
    }

    private static ObjectNode keypad() {
        return MAPPER.createObjectNode();
    }

    private static ClientTools.Result run(ObjectNode parameters) {
        return run("play_keypad_touch_tone", parameters);
    }

    private static ClientTools.Result run(String tool, ObjectNode parameters) {
        return ClientTools.run(new AgentEvent.ClientToolCall(tool, "tc_1", parameters, true, 1));
    }
}

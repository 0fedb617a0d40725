package dev.throughline.sms.answering;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.SmsEvent;
import dev.throughline.sms.AbstractTextsTest;
import dev.throughline.sms.FakeProviders;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

/** The agent's tool calls, as a text session sees them on its socket. */
@QuarkusTest
class ToolCallTest extends AbstractTextsTest {

    @Test
    void shouldWaitForTheAgentsToolsAndMakeOneTextOfWhatItSays() {
        String sid = hear("Use a tool: when is a chair free?");

        awaitSent(1);
        assertThat(sent().getFirst().body()).isEqualTo("One moment, I look.\nTuesday at nine is free.");
        assertThat(told(SmsEvent.Sent.class)).singleElement().satisfies(text -> assertThat(text.inReplyTo())
                .isEqualTo(sid));
        // A text conversation has no client tools; the agent is told so instead of waiting for one.
        assertThat(FakeProviders.TOOL_RESULTS).singleElement().satisfies(result -> {
            assertThat(result.path("tool_call_id").asText()).isEqualTo("client-1");
            assertThat(result.path("is_error").asBoolean()).isTrue();
        });
    }

    @Test
    void shouldSendWhatTheAgentSaidWhenItsToolNeverEnds() {
        hear("Let it hang");

        awaitSent(1);
        assertThat(sent().getFirst().body()).isEqualTo("One moment, I look.");
    }
}

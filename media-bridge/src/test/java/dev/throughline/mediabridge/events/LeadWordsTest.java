package dev.throughline.mediabridge.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallEvent;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeadWordsTest {

    private static final ZoneId ZONE = ZoneId.of("America/New_York");

    @Test
    void shouldTellWhatTheCustomerTexts() {
        var sms = new SmsEvent.Received("SM1", "+12025550142", "+12025550100", "I am late", 1, List.of());

        assertThat(LeadWords.of(sms, ZONE))
                .hasValueSatisfying(text -> assertThat(text).contains("I am late"));
    }

    @Test
    void shouldTellWhatAColleagueWhispers() {
        assertThat(LeadWords.of(new OperatorEvent.Whisper("w1", "Jo", "Offer ten percent"), ZONE))
                .hasValueSatisfying(text -> assertThat(text).contains("Offer ten percent"));
    }

    @Test
    void shouldNotTellTheAgentItsOwnWordsOrNotesForColleagues() {
        assertThat(LeadWords.of(new ChatEvent.Message("m1", null, Speaker.AGENT, "Hello"), ZONE))
                .isEmpty();
        assertThat(LeadWords.of(new OperatorEvent.Note("n1", "Jo", "difficult"), ZONE))
                .isEmpty();
        assertThat(LeadWords.of(new CallEvent.Turn("CA1", "conv_1", 0, Speaker.CUSTOMER, "Hi", false), ZONE))
                .isEmpty();
    }

    @Test
    void shouldBoundWhatItTells() {
        var sms = new SmsEvent.Received("SM1", "+12025550142", "+12025550100", "x".repeat(50_000), 1, List.of());

        assertThat(LeadWords.of(sms, ZONE))
                .hasValueSatisfying(text -> assertThat(text).hasSizeLessThan(2_200));
    }
}

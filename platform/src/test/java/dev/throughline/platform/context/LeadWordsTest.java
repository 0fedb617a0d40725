package dev.throughline.platform.context;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.AppointmentEvent;
import dev.throughline.events.CallEvent;
import dev.throughline.events.CallEvent.HandOver;
import dev.throughline.events.ChatEvent;
import dev.throughline.events.OperatorEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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

    @Test
    void shouldTellOfAppointmentsInTheTenantsTime() {
        var appointment = new AppointmentEvent.Appointment(
                "a1",
                1,
                "s1",
                "Colouring",
                "e1",
                "Mia",
                Instant.parse("2026-11-30T15:00:00Z"),
                Instant.parse("2026-11-30T16:00:00Z"),
                "scheduled",
                "Anna",
                null);

        assertThat(LeadWords.of(new AppointmentEvent.Booked(appointment), ZONE))
                .hasValueSatisfying(
                        text -> assertThat(text).contains("booked", "Colouring", "Mia", "Mon 30 Nov 10:00", "a1"));
        assertThat(LeadWords.of(new AppointmentEvent.Cancelled(appointment, null), ZONE))
                .hasValueSatisfying(text -> assertThat(text).contains("cancelled", "Colouring"));
    }

    @Test
    void shouldTellWhatCameOfAHandOver() {
        for (HandOver.Stage stage : HandOver.Stage.values()) {
            var told = LeadWords.of(new HandOver("CA1", "h1", stage, "agent", "Jo", null, false), ZONE);
            switch (stage) {
                case REQUESTED, CALLER_GONE, RETURNED, ENDED -> assertThat(told).isEmpty();
                default ->
                    assertThat(told).hasValueSatisfying(text -> assertThat(text).contains("Jo"));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BUSY", "NO_ANSWER", "DECLINED", "VOICEMAIL", "FAILED"})
    void shouldSayWhetherAnybodyElseIsRung(HandOver.Stage missed) {
        assertThat(LeadWords.of(new HandOver("CA1", "h1", missed, "agent", "Jo", null, true), ZONE))
                .hasValueSatisfying(text -> assertThat(text).contains("Nobody else will be rung", "offer"));
        assertThat(LeadWords.of(new HandOver("CA1", "h1", missed, "agent", "Jo", null, false), ZONE))
                .hasValueSatisfying(text ->
                        assertThat(text).contains("Somebody else is rung").doesNotContain("Nobody"));
    }

    @Test
    void shouldTellOfTextsAColleagueSendsAndNotOfOurOwnTools() {
        var operators =
                new SmsEvent.Sent("SM1", "+12025550100", "+12025550142", "See you", 1, Speaker.OPERATOR, null, null);
        var tools = new SmsEvent.Sent("SM2", "+12025550100", "+12025550142", "Address", 1, Speaker.AGENT, null, null);

        assertThat(LeadWords.of(operators, ZONE)).isPresent();
        assertThat(LeadWords.of(tools, ZONE)).isEmpty();
    }
}

package dev.throughline.telephony.direct;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallAnswer.Kind;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.Tenants;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.call.CallStatus;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectAnswerTest {

    /** A Tuesday, 10:00 in New York. */
    private static final Instant OPEN = Instant.parse("2026-11-24T15:00:00Z");

    /** The same Tuesday, 20:00 in New York. */
    private static final Instant CLOSED = Instant.parse("2026-11-25T01:00:00Z");

    private static final String CALLER = "+12025550101";

    @Test
    void shouldRingTheBusinessWhenOpen() {
        assertThat(DirectAnswer.of(Tenants.withFallback(), CALLER, OPEN))
                .isInstanceOfSatisfying(Reply.Ring.class, ring -> {
                    assertThat(ring.words()).startsWith("Thank you for calling Harbour Salon.");
                    assertThat(ring.whom().number()).isEqualTo(Tenants.FALLBACK);
                });
    }

    @Test
    void shouldTellTheHoursAndTakeAMessageWhenClosed() {
        assertThat(DirectAnswer.of(Tenants.withFallback(), CALLER, CLOSED))
                .isInstanceOfSatisfying(Reply.TakeMessage.class, message -> assertThat(message.words())
                        .contains(
                                "Thank you for calling Harbour Salon.",
                                "Monday through Saturday from 09:00 to 17:00",
                                "leave a message"));
    }

    @Test
    void shouldTakeAMessageWhenThereIsNobodyToRing() {
        assertThat(DirectAnswer.of(Tenants.harbourSalon(), CALLER, OPEN)).isInstanceOf(Reply.TakeMessage.class);
    }

    @Test
    void shouldDoWhatTheTenantWantsOutsideItsHours() {
        assertThat(DirectAnswer.of(closedWith(Kind.MESSAGE), CALLER, CLOSED)).isEqualTo(new Reply.Say("Closed."));
        assertThat(DirectAnswer.of(closedWith(Kind.RING), CALLER, CLOSED)).isInstanceOf(Reply.Ring.class);
        assertThat(DirectAnswer.of(closedWith(Kind.REJECT), CALLER, CLOSED)).isInstanceOf(Reply.Reject.class);
        assertThat(DirectAnswer.of(closedWith(Kind.AGENT), CALLER, CLOSED)).isInstanceOf(Reply.TakeMessage.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "no-answer", "failed", "canceled", ""})
    void shouldTakeAMessageWhenTheBusinessWasNotReached(String dialStatus) {
        assertThat(DialOutcome.of(dialStatus, CallStatus.IN_PROGRESS))
                .hasValueSatisfying(reply -> assertThat(reply).isInstanceOf(Reply.TakeMessage.class));
        assertThat(DialOutcome.of(dialStatus, CallStatus.COMPLETED)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"completed", "answered"})
    void shouldEndACallWhenTheTwoHaveSpoken(String dialStatus) {
        assertThat(DialOutcome.of(dialStatus, CallStatus.IN_PROGRESS)).isEmpty();
    }

    private static Tenant closedWith(Kind kind) {
        CallSettings calls = new CallSettings(
                new CallAnswer(kind, "Closed."),
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(),
                Set.of(),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
        return Tenants.with(72, "+12025550172", Tenants.FALLBACK, calls, Tenant.VoicePath.BRIDGE);
    }
}

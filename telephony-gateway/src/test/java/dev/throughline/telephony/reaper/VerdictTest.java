package dev.throughline.telephony.reaper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.SendOutcome.Accepted;
import dev.throughline.platform.twilio.SendOutcome.Refused;
import dev.throughline.platform.twilio.SendOutcome.Unclear;
import dev.throughline.telephony.call.CallProgress;
import dev.throughline.telephony.call.CallStatus;
import dev.throughline.telephony.reaper.OverdueCalls.Overdue;
import dev.throughline.telephony.status.StatusNews;
import dev.throughline.telephony.twilio.TwilioCall;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class VerdictTest {

    private static final Instant BEGUN = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant NOW = BEGUN.plus(Duration.ofMinutes(20));
    private static final Duration GIVE_UP = Duration.ofHours(25);

    @Test
    void shouldBelieveWhatTwilioSaysOfAnEnd() {
        Instant ended = BEGUN.plusSeconds(75);

        assertThat(verdict(CallStatus.IN_PROGRESS, known("completed", ended, 73), NOW))
                .contains(news(CallStatus.COMPLETED, 73, null, ended));
        assertThat(verdict(CallStatus.RINGING, known("no-answer", null, null), NOW))
                .contains(news(CallStatus.NO_ANSWER, 0, null, NOW));
    }

    @Test
    void shouldPassOnHowFarALivingCallHasCome() {
        assertThat(verdict(CallStatus.RINGING, known("in-progress", null, null), NOW))
                .contains(news(CallStatus.IN_PROGRESS, 0, null, NOW));
    }

    @Test
    void shouldEndACallThatTwilioDoesNotKnow() {
        Refused<TwilioCall> unknown = new Refused<>(404, 20404, "not found", false);

        assertThat(verdict(CallStatus.RINGING, unknown, NOW)).contains(news(CallStatus.FAILED, 0, "unknown", NOW));
        assertThat(verdict(CallStatus.IN_PROGRESS, unknown, NOW))
                .contains(news(CallStatus.COMPLETED, 0, "unknown", NOW));
    }

    @Test
    void shouldWaitWhereTwilioDidNotSay() {
        assertThat(verdict(CallStatus.RINGING, new Unclear<>("Twilio answered 503"), NOW))
                .isEmpty();
        assertThat(verdict(CallStatus.RINGING, new Refused<>(429, 20429, "slow down", true), NOW))
                .isEmpty();
        assertThat(verdict(CallStatus.RINGING, new Refused<>(401, 20003, "who?", false), NOW))
                .isEmpty();
        assertThat(verdict(CallStatus.RINGING, known("teleported", null, null), NOW))
                .isEmpty();
    }

    @Test
    void shouldNotWaitLongerThanACallCanLast() {
        Instant later = BEGUN.plus(GIVE_UP);

        assertThat(verdict(CallStatus.IN_PROGRESS, new Unclear<>("Twilio answered 503"), later))
                .contains(news(CallStatus.COMPLETED, 0, "unknown", later));
        assertThat(verdict(CallStatus.IN_PROGRESS, known("in-progress", null, null), later))
                .contains(news(CallStatus.COMPLETED, 0, "unknown", later));
        assertThat(verdict(CallStatus.IN_PROGRESS, known("completed", later, 90_000), later))
                .contains(news(CallStatus.COMPLETED, 90_000, null, later));
    }

    private static Optional<StatusNews> verdict(CallStatus known, SendOutcome<TwilioCall> answer, Instant now) {
        return Verdict.of(new Overdue("CA1", known, BEGUN), answer, now, GIVE_UP);
    }

    private static Accepted<TwilioCall> known(String status, @Nullable Instant ended, @Nullable Integer seconds) {
        return new Accepted<>(
                new TwilioCall("CA1", "+12025550101", "+12025550102", status, "inbound", BEGUN, ended, seconds, null));
    }

    private static StatusNews news(CallStatus status, int seconds, @Nullable String reason, Instant time) {
        return new StatusNews("CA1", status, CallProgress.NO_SEQUENCE, seconds, reason, time);
    }
}

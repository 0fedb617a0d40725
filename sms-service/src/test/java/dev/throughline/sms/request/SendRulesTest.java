package dev.throughline.sms.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SendRulesTest {

    private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");
    private static final Instant NOON = Instant.parse("2026-12-02T17:00:00Z");
    private static final Instant NIGHT = Instant.parse("2026-12-02T04:00:00Z");
    private static final Instant MORNING = Instant.parse("2026-12-02T13:00:00Z");

    private static SendRules.Facts facts(boolean optedOut, long sentLately) {
        return new SendRules.Facts(
                optedOut,
                sentLately,
                10,
                new QuietHours("21:00", "08:00"),
                Set.of(NEW_YORK),
                NEW_YORK,
                Duration.ofDays(35));
    }

    private static Instant when(@Nullable Instant sendAt, boolean schedule, Instant now) {
        return SendRules.when(sendAt, schedule, facts(false, 0), now);
    }

    @Test
    void shouldSendAtOnceByDay() {
        assertThat(when(null, false, NOON)).isEqualTo(NOON);
    }

    @Test
    void shouldRefuseInQuietHoursAndSayUntilWhen() {
        assertThatThrownBy(() -> when(null, false, NIGHT)).isInstanceOfSatisfying(Problem.class, refusal -> {
            assertThat(refusal.code()).isEqualTo("QUIET_HOURS");
            assertThat(refusal.status()).isEqualTo(409);
            assertThat(refusal.detail()).contains("Wed 2 Dec 08:00 EST");
        });
    }

    @Test
    void shouldPutOffToTheEndOfQuietHoursWhenAsked() {
        assertThat(when(null, true, NIGHT)).isEqualTo(MORNING);
        assertThat(when(NIGHT, true, NIGHT.minusSeconds(3600 * 12))).isEqualTo(MORNING);
    }

    @Test
    void shouldJudgeAPlannedTextByItsOwnHour() {
        assertThat(when(NOON, false, NIGHT)).isEqualTo(NOON);
        assertThatThrownBy(() -> when(NIGHT, false, NIGHT.minusSeconds(3600 * 12)))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo("QUIET_HOURS"));
    }

    @Test
    void shouldTakeATimeJustPastAsNow() {
        assertThat(when(NOON.minusSeconds(60), false, NOON)).isEqualTo(NOON);
    }

    @Test
    void shouldRefuseThePastAndTheFarFuture() {
        assertThatThrownBy(() -> when(NOON.minusSeconds(3600), false, NOON)).hasMessageContaining("in the past");
        assertThatThrownBy(() -> when(NOON.plus(Duration.ofDays(36)), false, NOON))
                .hasMessageContaining("more than 35 days");
    }

    @Test
    void shouldRefuseWhoHasOptedOutWhateverElse() {
        assertThatThrownBy(() -> SendRules.when(null, true, facts(true, 0), NOON))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.code()).isEqualTo("OPTED_OUT"));
    }

    @Test
    void shouldRefuseOverTheRate() {
        assertThat(SendRules.when(null, false, facts(false, 9), NOON)).isEqualTo(NOON);
        assertThatThrownBy(() -> SendRules.when(null, false, facts(false, 10), NOON))
                .isInstanceOfSatisfying(
                        Problem.class, refusal -> assertThat(refusal.status()).isEqualTo(429));
    }
}

package dev.throughline.context.scoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.context.testing.Story;
import dev.throughline.events.LeadEvent;
import dev.throughline.events.LeadEvent.Factor;
import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsEvent;
import dev.throughline.events.Speaker;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.ScoreSettings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ScoringTest {

    private final Story anna = Story.of(UUID.randomUUID(), "+12025550142");

    @Test
    void shouldBeZeroForALeadOfWhomNothingIsKnown() {
        LeadEvent.Scored score =
                Scoring.of(LeadContext.empty(anna.tenantId(), anna.leadId()), anna.now(), ScoreSettings.standard());

        assertThat(score).isEqualTo(new LeadEvent.Scored(0, List.of()));
    }

    @Test
    void shouldNameABookingFirstAndStandAboveSixtyAfterIt() {
        LeadEvent.Scored score = score(
                anna.texts("Do you have time?"),
                anna.calls(),
                anna.says(0, Speaker.CUSTOMER, "Yes please"),
                anna.asksForTimes(),
                anna.isNamed("Anna Berger"),
                anna.books("apt-1"));

        assertThat(score.factors().getFirst().name()).isEqualTo("booked");
        assertThat(score.factors())
                .extracting(Factor::name)
                .contains("channels", "interest", "name", "recent", "contact");
        assertThat(score.score()).isBetween(61, 100);
        assertThat(score.score())
                .isEqualTo(score.factors().stream().mapToInt(Factor::points).sum());
    }

    @Test
    void shouldFallBelowThirtyAfterStop() {
        LeadEvent.Scored score = score(
                anna.texts("Hi"),
                anna.texts("STOP"),
                anna.event(new SmsEvent.OptedOut("+12025550142", "STOP"), "stop"));

        assertThat(score.score()).isLessThan(30);
        assertThat(score.factors()).extracting(Factor::name).contains("opted-out");
    }

    @Test
    void shouldForgetRecencyAfterAWeek() {
        LeadContext context = LeadContext.of(anna.tenantId(), anna.leadId(), List.of(anna.texts("Hi")));

        assertThat(Scoring.of(context, anna.now().plus(Duration.ofDays(8)), ScoreSettings.standard())
                        .factors())
                .extracting(Factor::name)
                .doesNotContain("recent");
    }

    @Test
    void shouldWeighEachFactorAsTheTenantSays() {
        LeadContext context = LeadContext.of(
                anna.tenantId(), anna.leadId(), List.of(anna.texts("Hi"), anna.books("apt-3"), anna.isNamed("Anna")));
        ScoreSettings weights = new ScoreSettings(Map.of("booked", 200, "name", 0));

        LeadEvent.Scored standard = Scoring.of(context, anna.now(), ScoreSettings.standard());
        LeadEvent.Scored weighed = Scoring.of(context, anna.now(), weights);

        assertThat(points(weighed, "booked")).isEqualTo(2 * points(standard, "booked"));
        assertThat(weighed.factors())
                .extracting(Factor::name)
                .doesNotContain("name")
                .contains("contact");
        assertThat(standard.factors()).extracting(Factor::name).isSubsetOf(ScoreSettings.FACTORS);
    }

    private static int points(LeadEvent.Scored score, String name) {
        return score.factors().stream()
                .filter(factor -> factor.name().equals(name))
                .mapToInt(Factor::points)
                .sum();
    }

    @Test
    void shouldNeverBeTriggeredByAScore() {
        assertThat(Scoring.isTrigger(new LeadEvent.Scored(50, List.of()))).isFalse();
        assertThat(Scoring.isTrigger(anna.books("apt-2").event())).isTrue();
    }

    private LeadEvent.Scored score(RecordedEvent... events) {
        return Scoring.of(
                LeadContext.of(anna.tenantId(), anna.leadId(), List.of(events)), anna.now(), ScoreSettings.standard());
    }
}

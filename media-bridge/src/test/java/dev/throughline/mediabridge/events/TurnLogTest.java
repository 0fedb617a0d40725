package dev.throughline.mediabridge.events;

import static dev.throughline.events.Speaker.AGENT;
import static dev.throughline.events.Speaker.CUSTOMER;
import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.mediabridge.audio.Playback;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TurnLogTest {

    private static final Instant START = Instant.parse("2026-11-24T15:00:00Z");

    /** Nothing is known of what was heard. */
    private static final Playback.Heard UNKNOWN = new Playback.Heard(true, Map.of());

    private final TurnLog log = new TurnLog();

    @Test
    void shouldFinishTheCustomersTurnAtOnce() {
        assertThat(log.customer("Hello", START)).containsExactly(new Utterance(0, CUSTOMER, "Hello", false, START));
    }

    @Test
    void shouldHoldTheAgentsTurnUntilItWasPlayed() {
        assertThat(log.agent("Hi there", 1, START)).isEmpty();
        log.audioMoved(at(100));

        assertThat(log.tick(at(5_000), false)).isEmpty();
        log.audioMoved(at(5_100));
        assertThat(log.tick(at(5_200), true)).isEmpty();
        assertThat(log.tick(at(5_800), true)).containsExactly(new Utterance(0, AGENT, "Hi there", false, START));
        assertThat(log.tick(at(9_000), true)).isEmpty();
    }

    @Test
    void shouldFinishTheAgentsTurnWhenTheNextBegins() {
        log.agent("Hi there", 1, START);

        assertThat(log.customer("Hello", at(900))).extracting(Utterance::turn).containsExactly(0, 1);
    }

    @Test
    void shouldPublishOnlyWhatWasSpokenOfAnInterruptedTurn() {
        log.agent("Monday at ten or at eleven?", 6, START);
        log.interrupted(at(500), UNKNOWN);

        assertThat(log.customer("The second one", at(700)))
                .extracting(Utterance::turn)
                .containsExactly(1);
        assertThat(log.corrected("Monday at", 6)).containsExactly(new Utterance(0, AGENT, "Monday at", true, START));
        assertThat(log.tick(at(60_000), true)).isEmpty();
    }

    @Test
    void shouldNotWaitForEverForACorrection() {
        log.agent("Monday at ten or at eleven?", 6, START);
        log.interrupted(at(500), UNKNOWN);

        assertThat(log.tick(at(1_400), true)).isEmpty();
        assertThat(log.tick(at(1_500), true))
                .containsExactly(new Utterance(0, AGENT, "Monday at ten or at eleven?", true, START));
        assertThat(log.corrected("Monday at", 6)).isEmpty();
    }

    @Test
    void shouldIgnoreTheCorrectionOfAnotherTurn() {
        log.agent("Hi", 6, START);

        assertThat(log.corrected("H", 5)).isEmpty();
        assertThat(log.end()).hasSize(1);
    }

    @Test
    void shouldForgetATurnOfWhichNothingWasHeard() {
        log.agent("Hi", 6, START);
        log.interrupted(at(10), UNKNOWN);

        assertThat(log.corrected(" ", 6)).isEmpty();
        assertThat(log.end()).isEmpty();
    }

    @Test
    void shouldNotHoldATurnWithoutAudioForEver() {
        log.agent("Hi", 6, START);

        assertThat(log.tick(at(9_900), true)).isEmpty();
        assertThat(log.tick(at(10_000), false)).hasSize(1);
    }

    @Test
    void shouldKeepTheTurnsInOrderForATakenUpConversation() {
        log.agent("Monday at ten?", 1, START);
        log.interrupted(at(1), UNKNOWN);
        log.customer("Eleven", at(2));
        log.corrected("Monday", 1);
        log.agent("Fine", 2, at(3));
        log.end();

        assertThat(log.turns()).extracting(Utterance::text).containsExactly("Monday", "Eleven", "Fine");
    }

    @Test
    void shouldPublishWhatWasHeardWhereNoCorrectionComes() {
        log.agent("Monday at ten or at eleven?", 6, START);
        log.interrupted(at(500), new Playback.Heard(true, Map.of(6L, 0.4)));

        assertThat(log.tick(at(1_500), true)).containsExactly(new Utterance(0, AGENT, "Monday at", true, START));
    }

    @Test
    void shouldKeepATurnWholeThatWasHeardToItsEnd() {
        log.agent("Monday at ten or at eleven?", 6, START);
        log.interrupted(at(500), new Playback.Heard(false, Map.of(6L, 1.0)));

        assertThat(log.tick(at(1_500), true))
                .containsExactly(new Utterance(0, AGENT, "Monday at ten or at eleven?", false, START));
    }

    @Test
    void shouldCallATurnCutShortWhoseRestCameTooLate() {
        log.agent("Monday at ten or at eleven?", 6, START);
        log.interrupted(at(500), new Playback.Heard(false, Map.of(6L, 1.0)));
        log.voided(6);

        assertThat(log.tick(at(1_500), true)).singleElement().satisfies(turn -> assertThat(turn.interrupted())
                .isTrue());
    }

    @Test
    void shouldForgetATurnOfWhichNoSoundWasHeard() {
        log.agent("Monday at ten or at eleven?", 6, START);
        log.interrupted(at(500), new Playback.Heard(true, Map.of(6L, 0.0)));

        assertThat(log.tick(at(1_500), true)).isEmpty();
        assertThat(log.end()).isEmpty();
    }

    @Test
    void shouldNotCutAWordInTwo() {
        assertThat(TurnLog.heardOf("Monday at ten", 0.85)).isEqualTo("Monday at");
        assertThat(TurnLog.heardOf("Monday at ten", 0.3)).isEmpty();
        assertThat(TurnLog.heardOf("Monday at ten", 1)).isEqualTo("Monday at ten");
        assertThat(TurnLog.heardOf("", 0.5)).isEmpty();
    }

    private static Instant at(long millis) {
        return START.plusMillis(millis);
    }
}

package dev.throughline.mediabridge.flight;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.events.CallFlight;
import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class SetupClockTest {

    private static final long MILLI = 1_000_000;
    private static final Instant UPGRADE = Instant.parse("2026-11-24T15:00:00.250Z");

    private final SetupClock clock = new SetupClock(0, UPGRADE);

    @Test
    void shouldTellTheWholeWayToTheFirstWord() {
        clock.invited(12, UPGRADE.toEpochMilli() - 250);
        clock.started(40 * MILLI);
        clock.ready(300 * MILLI);
        assertThat(clock.firstAudio(700 * MILLI)).isTrue();
        assertThat(clock.firstAudio(900 * MILLI)).isFalse();

        assertThat(clock.setup()).isEqualTo(new CallFlight.Setup(12, 250, 40, 260, 400, 12 + 250 + 700));
        assertThat(clock.fromStartToReady()).isEqualTo(260);
        assertThat(clock.fromStartToFirstAudio()).isEqualTo(660);
    }

    @Test
    void shouldNotCountAnAgentThatWasReadyBeforeTheStream() {
        clock.invited(12, UPGRADE.toEpochMilli() - 250);
        clock.ready(100 * MILLI);
        clock.started(140 * MILLI);
        clock.firstAudio(141 * MILLI);

        assertThat(clock.setup()).isEqualTo(new CallFlight.Setup(12, 250, 140, 0, 1, 12 + 250 + 141));
    }

    @Test
    void shouldSayWhatWasNotMeasured() {
        clock.started(40 * MILLI);

        assertThat(clock.setup()).isEqualTo(new CallFlight.Setup(-1, -1, 40, -1, -1, -1));
    }

    @Test
    void shouldNotRunBackwardsWhenTheOtherClockIsAhead() {
        clock.invited(5, UPGRADE.toEpochMilli() + 30);

        assertThat(clock.setup().connectMillis()).isZero();
    }

    @Property
    void shouldAddUpToTheWhole(
            @ForAll @LongRange(min = 0, max = 4_000) long webhook,
            @ForAll @LongRange(min = 0, max = 4_000) long connect,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long started,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long ready,
            @ForAll @LongRange(min = 0, max = 4_000_000_000L) long audio) {
        SetupClock any = new SetupClock(0, UPGRADE);
        any.invited(webhook, UPGRADE.toEpochMilli() - connect);
        any.started(started);
        any.ready(ready);
        any.firstAudio(Math.max(started, ready) + audio);

        CallFlight.Setup s = any.setup();
        assertThat(s.webhookMillis() + s.connectMillis() + s.startMillis() + s.agentMillis() + s.firstAudioMillis())
                .isEqualTo(s.totalMillis());
    }
}

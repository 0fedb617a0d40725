package dev.throughline.mediabridge.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.mediabridge.session.CallWatch.Due;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CallWatchTest {

    private final CallWatch watch = new CallWatch(
            BridgeConfigTest.config(
                    Map.of("throughline.bridge.max-call-duration", "60m", "throughline.bridge.caller-silence", "5m")),
            0);

    @Test
    void shouldWarnTheAgentOnceAMinuteBeforeTheEnd() {
        assertThat(watch.look(at(3_539), at(3_500))).isInstanceOf(Due.Nothing.class);
        assertThat(watch.look(at(3_541), at(3_540))).isInstanceOf(Due.Inform.class);
        assertThat(watch.look(at(3_542), at(3_540))).isInstanceOf(Due.Nothing.class);
        assertThat(watch.look(at(3_601), at(3_600))).isEqualTo(new Due.End(DisconnectCause.LONGEST_CALL));
    }

    @Test
    void shouldHaveTheAgentAskASilentCallerBeforeItEnds() {
        assertThat(watch.look(at(299), 0)).isInstanceOf(Due.Nothing.class);
        assertThat(watch.look(at(301), 0)).isInstanceOf(Due.Ask.class);
        assertThat(watch.look(at(320), 0)).isInstanceOf(Due.Nothing.class);
        assertThat(watch.look(at(332), 0)).isEqualTo(new Due.End(DisconnectCause.NOBODY_SPEAKS));
    }

    @Test
    void shouldGoOnWithACallerWhoAnswers() {
        assertThat(watch.look(at(301), 0)).isInstanceOf(Due.Ask.class);
        assertThat(watch.look(at(340), at(310))).isInstanceOf(Due.Nothing.class);
        assertThat(watch.look(at(609), at(310))).isInstanceOf(Due.Nothing.class);
        assertThat(watch.look(at(611), at(310))).isInstanceOf(Due.Ask.class);
    }

    @Test
    void shouldTakeAKeyForASignOfLife() {
        watch.sign(at(200));

        assertThat(watch.look(at(400), 0)).isInstanceOf(Due.Nothing.class);
    }

    private static long at(long seconds) {
        return Duration.ofSeconds(seconds).toNanos();
    }
}

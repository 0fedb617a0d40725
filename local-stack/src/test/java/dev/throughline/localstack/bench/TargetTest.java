package dev.throughline.localstack.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.localstack.bench.BenchPlan.Rows;
import dev.throughline.localstack.bench.Measurement.Direction;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class TargetTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void shouldMeetWhatIsReached() {
        assertThat(Target.of(report(14, 14, 0, 9, 240, 60_000))).hasSize(7).allMatch(Target::met);
    }

    @Test
    void shouldMissWhatIsNot() {
        assertThat(Target.of(report(14.1, 12, 1, 10, 250, 66_000)))
                .hasSize(7)
                .filteredOn(target -> !target.met())
                .extracting(Target::what)
                .containsExactly(
                        "CPU per frame at most 1.4 times nginx's",
                        "no frame lost or out of order",
                        "99 % of frames added less than 10 ms, both ways",
                        "less than 64 KiB of heap per idle call",
                        "CPU per frame does not grow with the calls",
                        "99 % of frames of a cold start added less than 250 ms");
    }

    @Test
    void shouldSayNothingOfABridgeThatWasNotMeasured() {
        Report report = new Report(
                plan(),
                2,
                0,
                0,
                List.of(row(BridgeBench.ORDINARY, 4, 10, 0, 1)),
                OptionalLong.empty(),
                List.of(),
                List.of());

        assertThat(Target.of(report)).isEmpty();
    }

    private static Report report(
            double bridge, double withFewer, long lost, double p99Millis, double coldP99Millis, long heap) {
        return new Report(
                plan(),
                2,
                0,
                0,
                List.of(
                        row(BridgeBench.NGINX, 200, 10, 0, 1),
                        row(BridgeBench.COLD, 200, 40, 0, coldP99Millis),
                        row(BridgeBench.BRIDGE, 200, bridge, lost, p99Millis),
                        row(BridgeBench.BRIDGE, 100, bridge, 0, p99Millis),
                        row(BridgeBench.BRIDGE, 25, withFewer, 0, p99Millis),
                        row(BridgeBench.PCM, 200, bridge + 5, 0, p99Millis)),
                OptionalLong.of(heap),
                List.of(),
                List.of());
    }

    private static Measurement row(String relay, int calls, double microsPerFrame, long lost, double p99Millis) {
        long frames = calls * 500L;
        Direction direction = new Direction(frames, lost, 0, 0.2, p99Millis, p99Millis, p99Millis);
        Direction other = new Direction(frames, 0, 0, 0.2, 0.3, 0.4, 0.5);
        return new Measurement(
                relay, calls, "", 10, 2 * frames * microsPerFrame / 1_000, direction, other, 0, 0, 1_000, 0.1);
    }

    private static BenchPlan plan() {
        return new BenchPlan(200, SECOND, SECOND, SECOND, SECOND, Rows.ALL);
    }
}

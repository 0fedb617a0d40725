package dev.throughline.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.throughline.localstack.chaos.ChaosPlan;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChaosCommandTest {

    @Test
    void shouldReadItsPlan() {
        assertThat(ChaosCommand.plan(List.of()).length()).isEqualTo(Duration.ofMinutes(10));
        assertThat(ChaosCommand.plan(List.of("--quick"))).isEqualTo(ChaosPlan.quick());
        assertThat(ChaosCommand.plan(List.of("--soak", "30"))).isEqualTo(ChaosPlan.soak(Duration.ofMinutes(30)));
    }

    @Test
    void shouldRefuseWhatMakesNoPlan() {
        for (List<String> line : List.of(
                List.of("--minutes", "none"),
                List.of("--soak", "0"),
                List.of("--quick", "--soak", "1"),
                List.of("a"))) {
            assertThatThrownBy(() -> ChaosCommand.plan(line)).isInstanceOf(UsageException.class);
        }
    }
}

package dev.throughline.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {

    @TempDir
    private Path root;

    @Test
    void shouldNotUnderstandAnUnknownCommandOrARoleThatIsNone() {
        assertThat(run("fly")).isEqualTo(2);
        assertThat(run("token", "--role", "king")).isEqualTo(2);
        assertThat(run("token", "--role", "viewer", "--tenant", "not-a-uuid")).isEqualTo(2);
        assertThat(run("bench")).isEqualTo(2);
        assertThat(run("bench", "bridge", "--calls", "many")).isEqualTo(2);
    }

    @Test
    void shouldMakeATokenWithoutARunningStack() {
        assertThat(run("token", "--role", "admin")).isZero();
        assertThat(run("token", "--tenant", "7f1c0000-0000-4000-8000-000000000001"))
                .isZero();
    }

    @Test
    void shouldAskForATenantWhenThereIsNoDemoTenantYet() {
        assertThat(run("token", "--role", "operator")).isEqualTo(2);
    }

    @Test
    void shouldSayWhenNothingRuns() {
        assertThat(run("status")).isEqualTo(1);
        assertThat(run("text", "Hello")).isEqualTo(1);
        assertThat(run("rebuild")).isEqualTo(1);
        assertThat(run("dead-letters")).isEqualTo(1);
        assertThat(run("dead-letters", "put-back", "everything")).isEqualTo(2);
        assertThat(run("down")).isZero();
        assertThat(run("reset")).isZero();
    }

    private int run(String... line) {
        return Commands.run(root, List.of(line), Map.of());
    }
}

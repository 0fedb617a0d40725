package dev.throughline.localstack.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvironmentTest {

    @TempDir
    private Path directory;

    @Test
    void shouldReadKeyValueLinesAndSkipTheRest() {
        assertThat(Environment.parse("""
                # a comment
                PORT=9090

                export QUOTED="a b # c"
                SINGLE='x'
                WITH_COMMENT=value # why
                EMPTY=
                not a pair
                EQUALS=a=b
                """))
                .containsOnly(
                        Map.entry("PORT", "9090"),
                        Map.entry("QUOTED", "a b # c"),
                        Map.entry("SINGLE", "x"),
                        Map.entry("WITH_COMMENT", "value"),
                        Map.entry("EMPTY", ""),
                        Map.entry("EQUALS", "a=b"));
    }

    @Test
    void shouldPreferTheProcessUnlessItsValueIsBlank() throws IOException {
        Path dotEnv = Files.writeString(directory.resolve(".env"), "A=file\nB=file\n");

        Environment environment = Environment.read(dotEnv, Map.of("A", "process", "B", " "));

        assertThat(environment.get("A")).contains("process");
        assertThat(environment.get("B")).contains("file");
        assertThat(environment.get("C")).isEmpty();
    }

    @Test
    void shouldNameAPortThatIsNone() {
        Environment environment = new Environment(Map.of("KAFKA_PORT", "70000"));

        assertThatThrownBy(() -> environment.port("KAFKA_PORT"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("KAFKA_PORT")
                .hasMessageContaining("70000");
    }
}

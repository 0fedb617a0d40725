package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaksTest {

    @TempDir
    private Path logs;

    @Test
    void shouldFindWhatMustNotBeThere() throws IOException {
        Files.writeString(logs.resolve("sms-service.log"), "text from +120*****42 stored\n");
        assertThat(leaks()).isEmpty();

        Files.writeString(logs.resolve("sms-service.log.1"), "a text from %2B12025550142\n");
        Files.writeString(logs.resolve("tools-service.log"), "token abcdefgh refused\n");
        Files.writeString(logs.resolve("media-bridge.log"), "heard: I would like a colouring please\n");
        Files.writeString(logs.resolve("simulator.log"), "+12025550142\n");
        assertThat(leaks()).hasSize(3);
    }

    private Set<String> leaks() throws IOException {
        return Leaks.in(logs, List.of("abcdefgh"), List.of("I would like a colouring"));
    }
}

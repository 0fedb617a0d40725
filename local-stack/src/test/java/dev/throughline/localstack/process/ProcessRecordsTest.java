package dev.throughline.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessRecordsTest {

    @TempDir
    private Path directory;

    private ProcessRecords records;
    private ManagedProcess child;

    @BeforeEach
    void startChild() throws IOException {
        records = new ProcessRecords(directory.resolve("run"));
        child = ManagedProcess.start(
                "service", List.of("sleep", "60"), Map.of(), directory, directory.resolve("service.log"));
    }

    @AfterEach
    void stopChild() {
        child.stop(Duration.ofSeconds(5));
    }

    @Test
    void shouldEndWhatAKilledRunLeft() throws IOException {
        records.write(ProcessRecord.of("service", child.handle(), Map.of("http", 8081)));

        assertThat(records.endLeftovers()).containsExactly("service");

        assertThat(child.isAlive()).isFalse();
        assertThat(records.all()).isEmpty();
    }

    @Test
    void shouldLeaveAProcessAloneThatOnlyHasTheNumberOfALeftover() throws IOException {
        ProcessRecord known = ProcessRecord.of("service", child.handle(), Map.of());
        records.write(new ProcessRecord("service", known.pid(), known.startedAt() - 60_000, Map.of()));

        assertThat(records.endLeftovers()).isEmpty();

        assertThat(child.isAlive()).isTrue();
        assertThat(records.all()).isEmpty();
    }

    @Test
    void shouldEndAChildThatDoesNotReactToBeingAsked() throws IOException {
        ManagedProcess stubborn = ManagedProcess.start(
                "stubborn",
                List.of("/bin/sh", "-c", "trap '' TERM; echo ready; while :; do sleep 1; done"),
                Map.of(),
                directory,
                directory.resolve("stubborn.log"));
        await().until(() -> Files.readString(stubborn.log()).contains("ready"));

        stubborn.stop(Duration.ofMillis(300));

        assertThat(stubborn.isAlive()).isFalse();
    }

    @Test
    void shouldShieldChildrenFromCtrlC() throws Exception {
        new ProcessBuilder("kill", "-INT", Long.toString(child.handle().pid()))
                .start()
                .waitFor();
        // A second signal that is not ignored proves that the first was delivered and survived.
        assertThat(child.isAlive()).isTrue();
        child.handle().destroy();

        await().until(() -> !child.isAlive());
        assertThat(child.exitStatus()).isEqualTo(128 + 15);
    }

    @Test
    void shouldKeepTheLogOfTheRunBefore() throws IOException {
        Path log = directory.resolve("twice.log");
        Files.writeString(log, "first run\n");

        ManagedProcess second = ManagedProcess.start("twice", List.of("echo", "second run"), Map.of(), directory, log);

        await().until(() -> !second.isAlive());
        assertThat(LogTail.lines(log, 20)).containsExactly("second run");
        assertThat(LogTail.lines(directory.resolve("twice.log.1"), 20)).containsExactly("first run");
    }
}

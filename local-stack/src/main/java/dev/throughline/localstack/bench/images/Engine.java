package dev.throughline.localstack.bench.images;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The Docker engine, by its command line; which engine, says the environment ({@code DOCKER_HOST}). Blocking. */
final class Engine {

    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final int TOLD_CHARACTERS = 2_000;

    private final Path root;
    private final Path log;
    private final Map<String, String> environment;

    /** @param root where builds begin @param log what the commands said */
    Engine(Path root, Path log, Map<String, String> environment) {
        this.root = root;
        this.log = log;
        this.environment = Map.copyOf(environment);
    }

    /** Whether an engine answers. */
    boolean answers() throws InterruptedException {
        try {
            run(List.of("docker", "info", "--format", "{{.ServerVersion}}"));
            return true;
        } catch (IOException none) {
            return false;
        }
    }

    /** Runs {@code docker} with {@code arguments}; returns what it said on standard output. */
    String docker(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("docker"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    /** @throws IOException when the command fails, with the end of what it said */
    String run(List<String> command) throws IOException, InterruptedException {
        Files.createDirectories(log.getParent());
        File out = Files.createTempFile(log.getParent(), "docker", ".out").toFile();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(root.toFile())
                .redirectOutput(out)
                .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " took longer than " + PATIENCE.toMinutes() + " minutes");
            }
            String said = Files.readString(out.toPath());
            if (process.exitValue() != 0) {
                throw new IOException(String.join(" ", command.subList(0, Math.min(3, command.size())))
                        + " failed with exit status " + process.exitValue() + ": " + end(said) + "; see " + log);
            }
            return said.strip();
        } finally {
            Files.write(log, Files.readAllBytes(out.toPath()), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            Files.deleteIfExists(out.toPath());
        }
    }

    private static String end(String said) {
        byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
        int from = Math.max(0, bytes.length - TOLD_CHARACTERS);
        return new String(bytes, from, bytes.length - from, StandardCharsets.UTF_8).strip();
    }
}

package dev.throughline.localstack.process;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A child process with its log file. Children ignore SIGINT: Ctrl-C reaches the whole process group of the terminal at once, and the
 * launcher alone decides who stops when. They end on SIGTERM.
 */
public final class ManagedProcess {

    private final String name;
    private final Process process;
    private final Path log;

    private ManagedProcess(String name, Process process, Path log) {
        this.name = name;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts {@code command}; its output goes to {@code log}, and the log of the run before is kept beside it as {@code .1}.
     *
     * @param environment the whole environment of the child; nothing else is inherited
     * @throws IOException when the program or the log cannot be opened
     */
    public static ManagedProcess start(
            String name, List<String> command, Map<String, String> environment, Path directory, Path log)
            throws IOException {
        Files.createDirectories(log.getParent());
        if (Files.exists(log)) {
            Files.move(log, log.resolveSibling(log.getFileName() + ".1"), StandardCopyOption.REPLACE_EXISTING);
        }
        List<String> shielded = new ArrayList<>(List.of("/bin/sh", "-c", "trap '' INT; exec \"$@\"", "sh"));
        shielded.addAll(command);
        ProcessBuilder builder = new ProcessBuilder(shielded)
                .directory(directory.toFile())
                .redirectInput(new File("/dev/null"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.environment().clear();
        builder.environment().putAll(environment);
        return new ManagedProcess(name, builder.start(), log);
    }

    /** The part's name. */
    public String name() {
        return name;
    }

    /** Where it writes. */
    public Path log() {
        return log;
    }

    /** Whether it has not ended. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** The handle, for the record. */
    public ProcessHandle handle() {
        return process.toHandle();
    }

    /** Its exit status; only once it has ended. */
    public int exitStatus() {
        return process.exitValue();
    }

    /** Ends it, by force after {@code patience}. */
    public void stop(Duration patience) {
        if (process.isAlive()) {
            Termination.end(process.toHandle(), patience, false);
            // It has ended; the JDK's reaper, which takes its exit status, may be a moment behind.
            try {
                process.waitFor(2, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

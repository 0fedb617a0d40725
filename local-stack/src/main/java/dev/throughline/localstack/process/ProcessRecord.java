package dev.throughline.localstack.process;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A process we started, as written to {@code run/<name>.json}.
 *
 * @param name the part's name
 * @param pid its process id
 * @param startedAt its start instant in epoch milliseconds as the operating system tells it
 * @param ports its ports by use
 */
public record ProcessRecord(String name, long pid, long startedAt, Map<String, Integer> ports) {

    /** Start instants are derived from the boot time, which a clock adjustment may shift a little between two readings. */
    private static final Duration TOLERANCE = Duration.ofSeconds(2);

    public ProcessRecord {
        ports = Map.copyOf(ports);
    }

    /** A record of {@code process} as it is now. */
    public static ProcessRecord of(String name, ProcessHandle process, Map<String, Integer> ports) {
        long startedAt =
                process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
        return new ProcessRecord(name, process.pid(), startedAt, ports);
    }

    /** The process, if it still runs and is the one recorded rather than a later one with the same number. */
    public Optional<ProcessHandle> running() {
        return ProcessHandle.of(pid).filter(Termination::isRunning).filter(process -> process.info()
                .startInstant()
                .map(started -> Math.abs(started.toEpochMilli() - startedAt) <= TOLERANCE.toMillis())
                .orElse(false));
    }
}

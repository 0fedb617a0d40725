package dev.throughline.localstack.stack;

import dev.throughline.localstack.parts.PostgresPart;
import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What has been started so far. Once stopping has begun nothing more is let in: a process registered then is ended on the spot, so a
 * Ctrl-C in the middle of a start leaves nothing behind. Thread-safe.
 */
final class RunningParts {

    /** How long a process may take to end before it is made to. */
    static final Duration PATIENCE = Duration.ofSeconds(6);

    private final ProcessRecords records;
    private final List<ManagedProcess> processes = new ArrayList<>();
    private @Nullable PostgresPart postgres;
    private boolean stopping;

    RunningParts(ProcessRecords records) {
        this.records = records;
    }

    synchronized void add(ManagedProcess process, Map<String, Integer> ports) throws IOException {
        if (stopping) {
            process.stop(PATIENCE);
            throw new IllegalStateException("stopping");
        }
        processes.add(process);
        records.write(ProcessRecord.of(process.name(), process.handle(), ports));
    }

    synchronized void add(PostgresPart server, int port) throws IOException {
        if (stopping) {
            server.close();
            throw new IllegalStateException("stopping");
        }
        postgres = server;
        if (server.process().isPresent()) {
            records.write(ProcessRecord.of("postgres", server.process().get(), Map.of("port", port)));
        }
    }

    synchronized PostgresPart postgres() {
        if (postgres == null) {
            throw new IllegalStateException("PostgreSQL has not been started");
        }
        return postgres;
    }

    /** Lets go of a process, for somebody who ends it on purpose; empty when there is none of this name. */
    synchronized Optional<ManagedProcess> release(String name) throws IOException {
        Optional<ManagedProcess> found = processes.stream()
                .filter(process -> process.name().equals(name))
                .findFirst();
        if (found.isPresent()) {
            processes.remove(found.get());
            records.remove(name);
        }
        return found;
    }

    /** A process that runs; empty when there is none of this name. */
    synchronized Optional<ManagedProcess> find(String name) {
        return processes.stream().filter(process -> process.name().equals(name)).findFirst();
    }

    synchronized boolean isStopping() {
        return stopping;
    }

    /** Those that have ended although nobody stopped them. */
    synchronized List<ManagedProcess> ended() {
        return stopping
                ? List.of()
                : processes.stream().filter(process -> !process.isAlive()).toList();
    }

    /** Stops the services and stand-ins side by side, then Kafka, then PostgreSQL, and removes their records. */
    void stop() throws IOException {
        List<ManagedProcess> all;
        synchronized (this) {
            stopping = true;
            all = List.copyOf(processes);
        }
        Predicate<ManagedProcess> kafka = process -> process.name().equals("kafka");
        stopTogether(all.stream().filter(kafka.negate()).toList());
        stopTogether(all.stream().filter(kafka).toList());
        for (ManagedProcess process : all) {
            records.remove(process.name());
        }
        PostgresPart server;
        synchronized (this) {
            server = postgres;
        }
        if (server != null) {
            server.close();
            records.remove("postgres");
        }
    }

    private static void stopTogether(List<ManagedProcess> processes) {
        List<Thread> threads = processes.stream()
                .map(process -> Thread.ofVirtual().start(() -> process.stop(PATIENCE)))
                .toList();
        for (Thread thread : threads) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}

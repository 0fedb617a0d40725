package dev.throughline.localstack.bench;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a run has measured.
 *
 * @param cores of the machine, for everything together
 * @param loadBefore the machine's load average (1 minute) before the run, negative when unknown: work of others spoils a measurement
 * @param loadAfter the same after it
 * @param rows in the order they were measured
 * @param heapPerIdleCall bytes of live objects per silent call of the bridge; empty when nobody could tell
 * @param audioTools what other programs need for the same transcoding
 * @param notes what was not measured, and why
 */
public record Report(
        BenchPlan plan,
        int cores,
        double loadBefore,
        double loadAfter,
        List<Measurement> rows,
        OptionalLong heapPerIdleCall,
        List<AudioTools.Cost> audioTools,
        List<String> notes) {

    public Report {
        rows = List.copyOf(rows);
        audioTools = List.copyOf(audioTools);
        notes = List.copyOf(notes);
    }

    /** The first row of {@code relay}, which is the one with all calls. */
    Optional<Measurement> row(String relay) {
        return rows.stream().filter(row -> row.relay().equals(relay)).findFirst();
    }
}

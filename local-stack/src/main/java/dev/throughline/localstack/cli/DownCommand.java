package dev.throughline.localstack.cli;

import dev.throughline.localstack.parts.PostgresPart;
import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import dev.throughline.localstack.process.Termination;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** {@code ./dev down}: asks the launcher to stop, and ends what a killed one has left. */
final class DownCommand {

    /** Five services that finish what they do, then Kafka, then PostgreSQL. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private DownCommand() {}

    static int run(Settings settings, PrintStream out) throws IOException {
        ProcessRecords records = new ProcessRecords(settings.directories().run());
        Optional<ProcessHandle> launcher = records.read(ProcessRecords.LAUNCHER).flatMap(ProcessRecord::running);
        launcher.ifPresent(process -> {
            out.println("Stopping Throughline (process " + process.pid() + ")…");
            Termination.end(process, PATIENCE, false);
        });
        List<String> leftovers = records.endLeftovers();
        PostgresPart.endStray(settings.directories().postgresData());
        if (!leftovers.isEmpty()) {
            out.println("Ended what a killed run had left: " + String.join(", ", leftovers) + ".");
        }
        out.println(launcher.isEmpty() && leftovers.isEmpty() ? "Throughline was not running." : "Stopped.");
        return 0;
    }
}

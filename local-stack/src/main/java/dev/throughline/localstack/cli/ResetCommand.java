package dev.throughline.localstack.cli;

import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** {@code ./dev reset}: clears databases, topics, the stand-ins' memory and logs. Secrets stay, so tokens and sign-ins remain good. */
final class ResetCommand {

    private ResetCommand() {}

    static int run(Settings settings, PrintStream out) throws IOException {
        Directories directories = settings.directories();
        boolean running = new ProcessRecords(directories.run())
                .read(ProcessRecords.LAUNCHER)
                .flatMap(ProcessRecord::running)
                .isPresent();
        if (running) {
            throw new SettingsException(
                    "Throughline is running, so nothing was cleared: stop it first with ./dev down.");
        }
        DownCommand.run(settings, new PrintStream(OutputStream.nullOutputStream()));
        for (Path path : List.of(
                directories.postgresData(),
                directories.kafka(),
                directories.standIns(),
                directories.logs(),
                directories.run(),
                directories.demoTenant())) {
            Directories.delete(path);
        }
        out.println("Cleared the data in " + directories.home() + "; the next ./dev up starts afresh.");
        return 0;
    }
}

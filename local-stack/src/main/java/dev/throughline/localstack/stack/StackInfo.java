package dev.throughline.localstack.stack;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.settings.Directories;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A running stack as the other commands see it, written once it is up. It lies beside the run directory, whose files are all records.
 *
 * @param url the front, {@code http://localhost:<port>}
 * @param appBaseUrl the public address that is signed
 * @param twilioUrl the Twilio stand-in, empty when there is none
 * @param elevenLabsUrl the ElevenLabs stand-in, empty when there is none
 * @param kafka bootstrap servers
 * @param postgres URL of the server without a database
 */
public record StackInfo(
        String url, String appBaseUrl, String twilioUrl, String elevenLabsUrl, String kafka, String postgres) {

    private static final ObjectMapper JSON = new ObjectMapper();

    /** The running stack of {@code directories}; empty when none is up. */
    public static Optional<StackInfo> running(Directories directories) {
        boolean alive = new ProcessRecords(directories.run())
                .read(ProcessRecords.LAUNCHER)
                .flatMap(ProcessRecord::running)
                .isPresent();
        if (!alive) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readValue(file(directories).toFile(), StackInfo.class));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    void write(Directories directories) throws IOException {
        LocalSecrets.writePrivately(file(directories), JSON.writeValueAsString(this));
    }

    static void remove(Directories directories) throws IOException {
        Files.deleteIfExists(file(directories));
    }

    private static Path file(Directories directories) {
        return directories.home().resolve("stack.json");
    }
}

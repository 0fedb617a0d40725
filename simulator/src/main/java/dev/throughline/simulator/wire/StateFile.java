package dev.throughline.simulator.wire;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * One JSON document in the state directory. Writes happen in the order asked for, off the caller's thread, through a temporary
 * file and a rename, so a killed process leaves the old or the new document and never half of one.
 */
public final class StateFile implements AutoCloseable {

    private final Path file;
    private final ExecutorService writer = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("state-file").factory());

    /** The document {@code directory/name}. The directory is made when missing. */
    public StateFile(Path directory, String name) {
        this.file = directory.resolve(name);
    }

    /** The stored document, or an empty one when nothing was stored. Blocks; call it before serving. */
    public JsonObject load() {
        try {
            return Files.exists(file) ? new JsonObject(Files.readString(file)) : new JsonObject();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }

    /** Stores {@code document} soon; returns at once. A copy is not taken: hand over a document nobody changes. */
    public void save(JsonObject document) {
        writer.execute(() -> write(document));
    }

    /** Waits up to 5 s for what was handed over, then stops. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(5, TimeUnit.SECONDS)) {
                writer.shutdownNow();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(JsonObject document) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path fresh = file.resolveSibling(file.getFileName() + ".new");
            Files.writeString(fresh, document.encodePrettily());
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            System.err.println("simulator: cannot write " + file + ": " + e);
        }
    }
}

package dev.throughline.context.postcall;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Bytes written once and read afterwards: in memory as long as they are few, else in a file that goes with this. For one thread. */
final class Spool implements AutoCloseable {

    private final int mostInMemory;
    private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private @Nullable Path file;
    private @Nullable OutputStream onDisk;
    private long size;

    Spool(int mostInMemory) {
        this.mostInMemory = mostInMemory;
    }

    void write(byte[] bytes, int length) throws IOException {
        size += length;
        OutputStream disk = onDisk;
        if (disk == null && size > mostInMemory) {
            Path created = Files.createTempFile("throughline-webhook-", ".json");
            file = created;
            disk = Files.newOutputStream(created);
            onDisk = disk;
            memory.writeTo(disk);
            memory.reset();
        }
        (disk == null ? memory : disk).write(bytes, 0, length);
    }

    long size() {
        return size;
    }

    /** Everything that was written; nothing may be written any more. */
    InputStream open() throws IOException {
        Path written = file;
        OutputStream disk = onDisk;
        if (written == null || disk == null) {
            return new ByteArrayInputStream(memory.toByteArray());
        }
        disk.flush();
        return Files.newInputStream(written);
    }

    /** As {@link #open}, at once. */
    byte[] bytes() throws IOException {
        try (InputStream whole = open()) {
            return whole.readAllBytes();
        }
    }

    @Override
    public void close() throws IOException {
        OutputStream disk = onDisk;
        if (disk != null) {
            disk.close();
        }
        Path written = file;
        if (written != null) {
            Files.deleteIfExists(written);
        }
    }
}

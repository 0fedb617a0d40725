package dev.throughline.localstack.stack;

import dev.throughline.localstack.process.ProcessRecord;
import dev.throughline.localstack.process.ProcessRecords;
import dev.throughline.localstack.settings.Directories;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** The right to run a stack in one data directory. The operating system takes it back when the holder dies, however it dies. */
final class StackLock implements AutoCloseable {

    private final FileChannel channel;

    private StackLock(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Takes the lock.
     *
     * @throws SettingsException when another process holds it; the message names the process
     */
    static StackLock take(Directories directories) throws IOException {
        Files.createDirectories(directories.home());
        FileChannel channel = FileChannel.open(
                directories.home().resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (tryLock(channel) == null) {
            channel.close();
            String process = new ProcessRecords(directories.run())
                    .read(ProcessRecords.LAUNCHER)
                    .flatMap(ProcessRecord::running)
                    .map(found -> " (process " + found.pid() + ")")
                    .orElse("");
            throw new SettingsException("Throughline already runs in " + directories.home() + process
                    + ": ./dev status shows it, ./dev down stops it.");
        }
        return new StackLock(channel);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }
}

package dev.throughline.localstack.stack;

import dev.throughline.localstack.process.LogTail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A part that did not start, or stopped. The message continues a sentence that begins with the part's name. */
public final class PartFailure extends Exception {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN_LINES = 20;

    private final String part;
    private final transient @Nullable Path log;

    public PartFailure(String part, String what, @Nullable Path log, @Nullable Throwable cause) {
        super(what, cause);
        this.part = part;
        this.log = log;
    }

    /** Which part. */
    public String part() {
        return part;
    }

    /** Its log, if it has one. */
    public Optional<Path> log() {
        return Optional.ofNullable(log);
    }

    /** The end of its log, possibly empty. */
    public List<String> lastLines() {
        if (log == null) {
            return List.of();
        }
        try {
            return LogTail.lines(log, SHOWN_LINES);
        } catch (IOException e) {
            return List.of("(the log cannot be read: " + e.getMessage() + ")");
        }
    }
}

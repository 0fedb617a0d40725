package dev.throughline.platform.kafka;

import org.jspecify.annotations.Nullable;

/** A record that no repetition can make right. Thrown by a handler: the record goes to the dead letters, the rest goes on. */
public final class PoisonRecordException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public PoisonRecordException(@Nullable String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }
}

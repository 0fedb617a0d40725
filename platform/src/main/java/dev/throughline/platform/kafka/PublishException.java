package dev.throughline.platform.kafka;

import org.jspecify.annotations.Nullable;

/** An event was not acknowledged by Kafka. It may have arrived all the same; publishing it again is harmless, its id is the same. */
public final class PublishException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    PublishException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}

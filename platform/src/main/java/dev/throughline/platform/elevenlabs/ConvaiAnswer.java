package dev.throughline.platform.elevenlabs;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What came of a request to ElevenLabs' REST API. */
public sealed interface ConvaiAnswer<T> {

    /** It was done. */
    record Success<T>(T value) implements ConvaiAnswer<T> {}

    /**
     * It was not done; for a POST it may have been, where {@link ConvaiFailure#mayHaveHappened()} says so.
     *
     * @param httpStatus 0 when there was no answer
     * @param code ElevenLabs' code or status word, empty when it gave none
     * @param message ElevenLabs' words, empty when it gave none
     * @param requestId for their support, null when it gave none
     * @param retryAfter how long to wait before the next request, null when it did not say
     */
    record Failure<T>(
            ConvaiFailure reason,
            int httpStatus,
            String code,
            String message,
            @Nullable String requestId,
            @Nullable Duration retryAfter)
            implements ConvaiAnswer<T> {

        /** A failure after which ElevenLabs named no time to wait. */
        public Failure(ConvaiFailure reason, int httpStatus, String code, String message, @Nullable String requestId) {
            this(reason, httpStatus, code, message, requestId, null);
        }

        /** The same failure as the answer of another type. */
        public <U> Failure<U> as() {
            return new Failure<>(reason, httpStatus, code, message, requestId, retryAfter);
        }
    }

    /** The value, empty on failure. */
    default Optional<T> found() {
        return switch (this) {
            case Success<T>(T value) -> Optional.of(value);
            case Failure<T> failure -> Optional.empty();
        };
    }

    /** The answer with its value changed. */
    default <U> ConvaiAnswer<U> map(Function<? super T, ? extends U> change) {
        return switch (this) {
            case Success<T>(T value) -> new Success<>(change.apply(value));
            case Failure<T> failure -> failure.as();
        };
    }
}

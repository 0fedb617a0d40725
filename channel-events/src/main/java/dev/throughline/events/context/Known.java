package dev.throughline.events.context;

import dev.throughline.events.RecordedEvent;
import java.time.Instant;
import java.util.Comparator;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A value and the event it was learned from. Of two, the one learned later holds; equal times are decided by event id, so
 * that every order of arrival ends with the same value.
 */
public record Known<T>(T value, Instant since, UUID eventId) {

    private static final Comparator<Known<?>> AGE =
            Comparator.<Known<?>, Instant>comparing(Known::since).thenComparing(Known::eventId);

    /** What {@code event} says; null {@code value} says nothing. */
    public static <T> @Nullable Known<T> from(RecordedEvent event, @Nullable T value) {
        return value == null ? null : new Known<>(value, event.time(), event.id());
    }

    /** The later of the two; null when both are. */
    public static <T> @Nullable Known<T> later(@Nullable Known<T> one, @Nullable Known<T> other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return AGE.compare(one, other) >= 0 ? one : other;
    }
}

package dev.throughline.context.deadletter;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A record that could not be processed. Its content is not told: it is somebody's words.
 *
 * @param partition with {@code offset} its place among the dead letters
 * @param at when it became one
 * @param leadId the record's key
 * @param type CloudEvents type; null when it had none, like {@code eventId}
 * @param reason why, in one sentence
 * @param group whose consumer could not process it
 * @param from its first place, {@code topic/partition/offset}
 * @param returnedAt when it was put back; null when it was not
 */
public record DeadLetter(
        int partition,
        long offset,
        Instant at,
        @Nullable String leadId,
        @Nullable String eventId,
        @Nullable String type,
        @Nullable String reason,
        @Nullable String group,
        @Nullable String from,
        @Nullable Instant returnedAt) {}

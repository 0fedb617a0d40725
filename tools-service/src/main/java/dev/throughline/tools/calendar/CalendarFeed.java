package dev.throughline.tools.calendar;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A feed as operators see it.
 *
 * @param staffId whose it is; null = the whole business's
 * @param url the address with its secret; only in the answer that made or rotated it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CalendarFeed(
        UUID id,
        @Nullable UUID staffId,
        Instant createdAt,
        @Nullable String url) {}

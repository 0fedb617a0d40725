package dev.throughline.tools.catalog;

import java.time.LocalDateTime;
import org.jspecify.annotations.Nullable;

/**
 * When a staff member is away, wall clock in the tenant's zone.
 *
 * @param from inclusive
 * @param to exclusive, after {@code from}
 * @param reason for operators only, never told to customers
 */
public record TimeOff(
        LocalDateTime from, LocalDateTime to, @Nullable String reason) {}

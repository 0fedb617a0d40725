package dev.throughline.platform.elevenlabs;

import java.time.Instant;

/**
 * A conversation in a list.
 *
 * @param startedAt to the second
 * @param status {@code initiated}, {@code in-progress}, {@code processing}, {@code done} or {@code failed}
 * @param direction {@code inbound} or {@code outbound}; empty when not told
 */
public record ConversationSummary(String id, Instant startedAt, String status, String direction) {}

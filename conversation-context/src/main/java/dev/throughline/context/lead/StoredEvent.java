package dev.throughline.context.lead;

import dev.throughline.events.RecordedEvent;

/**
 * An event of the log.
 *
 * @param offset its Kafka offset; ascending within one lead, because a lead's events share a partition
 */
public record StoredEvent(long offset, RecordedEvent event) {}

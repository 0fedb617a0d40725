/**
 * What happened to a lead on any channel: the sealed {@link dev.throughline.events.ChannelEvent} hierarchy, its identity
 * and its form on Kafka. Every service writes these events and every reader switches over them exhaustively. Invariant:
 * an event is immutable and its id follows from the provider's own key, so a repeated webhook is the same event.
 */
@NullMarked
package dev.throughline.events;

import org.jspecify.annotations.NullMarked;

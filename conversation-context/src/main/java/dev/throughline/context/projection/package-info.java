/**
 * Consumes {@code channel-events-v1}, keeps the event log, the folded contexts and the leads, and publishes
 * {@code lead-contexts-v1} and scores through the outbox. Invariant: events, their effect, what they publish and the offset to
 * read on from are one transaction, so nothing is lost, repeated or half done.
 */
@NullMarked
package dev.throughline.context.projection;

import org.jspecify.annotations.NullMarked;

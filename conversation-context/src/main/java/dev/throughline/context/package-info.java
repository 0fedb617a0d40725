/**
 * conversation-context: one true, live history per lead. Consumes {@code channel-events-v1}, folds it, scores it, publishes
 * {@code lead-contexts-v1}, takes what ElevenLabs says after a call, and serves the operator's page with its live stream.
 * Invariant: everything in its database but the post-call receipts can be rebuilt from the topic.
 */
@NullMarked
package dev.throughline.context;

import org.jspecify.annotations.NullMarked;

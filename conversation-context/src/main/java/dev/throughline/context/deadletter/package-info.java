/**
 * The records of {@code channel-events-v1} that could not be processed: listed with their reason, and put back on the topic when the reason
 * is gone. Invariant: a dead letter is put back once unless somebody insists, and putting back twice harms nothing, because events have ids.
 */
@NullMarked
package dev.throughline.context.deadletter;

import org.jspecify.annotations.NullMarked;

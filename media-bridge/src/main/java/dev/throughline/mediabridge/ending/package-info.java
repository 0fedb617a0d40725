/**
 * How a stream ends: one word per cause for the log, the metric and the close frame, and what telephony-gateway is told of it. Touches
 * nothing.
 */
@NullMarked
package dev.throughline.mediabridge.ending;

import org.jspecify.annotations.NullMarked;

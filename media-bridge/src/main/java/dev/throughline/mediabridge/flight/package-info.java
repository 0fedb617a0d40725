/**
 * The flight record of a call: every step from the webhook to the first word, every step of every answer, and what went wrong. The same
 * numbers leave as {@code call.quality}, as metrics and as a trace. Times are taken on the call's event loop and never ask a lock.
 */
@NullMarked
package dev.throughline.mediabridge.flight;

import org.jspecify.annotations.NullMarked;

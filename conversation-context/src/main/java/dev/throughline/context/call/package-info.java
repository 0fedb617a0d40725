/**
 * The calls of a lead as the board shows them: who called whom, since when, whether somebody spoke with the customer. Written by the
 * projection from the lead's events, whatever their order; read by the board and by whoever must know whether a call is live.
 */
@NullMarked
package dev.throughline.context.call;

import org.jspecify.annotations.NullMarked;

/**
 * The caller's side: Twilio's Media Streams frames and the socket that carries them. A media frame is scanned, not parsed, and its
 * base64 payload is never decoded here. What is waiting to be written is bounded: the oldest audio goes first, control messages are
 * never dropped, and one write at most is in flight.
 */
@NullMarked
package dev.throughline.mediabridge.carrier;

import org.jspecify.annotations.NullMarked;

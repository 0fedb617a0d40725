/**
 * WebSockets for frames that come fifty times a second. Vert.x makes the connection, the upgrade and the end of the process; in between
 * {@link dev.throughline.platform.socket.TextSocket} reads and writes the frames (RFC 6455) itself, on the channel. Nothing blocks, and
 * every buffer is bounded: what is being received by the largest message, what is being sent by the writer's respect for {@code isWritable}.
 */
@NullMarked
package dev.throughline.platform.socket;

import org.jspecify.annotations.NullMarked;

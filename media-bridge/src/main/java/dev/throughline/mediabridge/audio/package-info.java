/**
 * Sound, without sockets: G.711 mu-law, resampling between 8 and 16 kHz, and what happens to agent audio when the caller interrupts.
 * Everything here is confined to one call's event loop and touches no topic and no socket.
 */
@NullMarked
package dev.throughline.mediabridge.audio;

import org.jspecify.annotations.NullMarked;

/**
 * What remains of a conversation when it is over: the provider's document of it, the REST endpoints that show it and
 * the signed webhook that delivers it.
 */
@NullMarked
package dev.throughline.simulator.elevenlabs.postcall;

import org.jspecify.annotations.NullMarked;

/**
 * Real speech for the stand-ins: synthesised clips shipped as headerless mu-law 8 kHz, sentences composed of them, and a
 * recogniser that knows a caller's utterance only by its audio. Nothing here knows a provider. The invariant: audio that
 * passed a bridge byte for byte is recognised, audio that was damaged on the way is not.
 */
@NullMarked
package dev.throughline.simulator.speech;

import org.jspecify.annotations.NullMarked;

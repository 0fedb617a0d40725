/**
 * The bridge of a live call: Twilio's Media Streams socket on one side, the ElevenLabs agent's socket on the other, and every audio
 * frame between them. It has no database; what it learns leaves as events, and a call that dies here is repaired by the provider's
 * final transcript.
 */
@NullMarked
package dev.throughline.mediabridge;

import org.jspecify.annotations.NullMarked;

/**
 * Ends the calls whose end nobody reported: a callback was lost, or there never is one, as with calls that ElevenLabs carries by itself.
 * Twilio is asked how they stand. Publishes nothing of its own; the status machine does. Invariant: no call without an end stays that way,
 * and however many replicas ask, it ends once.
 */
@NullMarked
package dev.throughline.telephony.reaper;

import org.jspecify.annotations.NullMarked;

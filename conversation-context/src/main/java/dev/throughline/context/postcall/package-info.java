/**
 * What ElevenLabs says after a call: signed webhooks become a receipt and, where the lead is known, a
 * {@code conversation.analysed} event. Reads today's payloads and the older shapes. Invariant: nothing unsigned is stored, and a
 * webhook delivered twice is one receipt and one event.
 */
@NullMarked
package dev.throughline.context.postcall;

import org.jspecify.annotations.NullMarked;

/**
 * Calls out: an operator has a customer called, with questions, by ElevenLabs' own telephony or through our bridge. Owns the table
 * {@code outbound_calls}; publishes {@code call.started}, {@code call.questions-asked} and {@code call.answered-by}. Invariants: the row
 * is written before the provider is asked; the provider is asked once; what became of a request nobody answered is looked up, by the
 * request itself for a moment and then in the background until it is known.
 */
@NullMarked
package dev.throughline.telephony.outbound;

import org.jspecify.annotations.NullMarked;

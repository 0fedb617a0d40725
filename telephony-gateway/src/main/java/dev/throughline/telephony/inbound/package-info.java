/**
 * Calls in: Twilio's voice webhook becomes a decision, the decision becomes a row, an event and TwiML. Reads the tenant directory in
 * memory and waits for nothing but the write, bounded to a second. Invariant: the caller always hears something, and the same call
 * asked about twice gets the same answer and one event.
 */
@NullMarked
package dev.throughline.telephony.inbound;

import org.jspecify.annotations.NullMarked;

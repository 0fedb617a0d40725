/**
 * What a caller meets when no agent answers: a sentence, the business's own phone, a voice message, or the busy tone, as the tenant wants
 * it for each {@code Situation}. Pure but for the addresses in the TwiML. Invariant: whatever a tenant did or did not tell, there is an
 * answer, and none of them is silence.
 */
@NullMarked
package dev.throughline.telephony.answer;

import org.jspecify.annotations.NullMarked;

/**
 * A call goes to a human: the human is rung first, hears a short brief and takes the call by a key; only then does the caller leave the
 * agent. {@link dev.throughline.telephony.handover.HandOverSteps} is the pure machine, {@code hand_overs} its table; each step publishes
 * {@code call.hand-over} in its transaction. Invariant: the caller is never dropped for a human who does not answer, and nobody is left
 * alone in a room.
 */
@NullMarked
package dev.throughline.telephony.handover;

import org.jspecify.annotations.NullMarked;

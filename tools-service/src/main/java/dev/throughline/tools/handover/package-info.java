/**
 * Asks the service that carries the calls to hand one over to a human: {@code POST /internal/hand-overs} of telephony-gateway. Invariant:
 * asking never takes longer than its timeout and never fails, it only comes back {@link dev.throughline.tools.handover.HandOverAnswer.Away}.
 */
@NullMarked
package dev.throughline.tools.handover;

import org.jspecify.annotations.NullMarked;

/**
 * Asks the service that sends texts to send one: {@code POST /internal/texts} of sms-service. Invariant: asking never takes longer than its
 * timeout and never fails, it only comes back {@link dev.throughline.tools.texting.TextOutcome.Away}.
 */
@NullMarked
package dev.throughline.tools.texting;

import org.jspecify.annotations.NullMarked;

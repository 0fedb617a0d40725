/**
 * Texts from customers. The webhook claims a text by inserting it, records {@code sms.received} in the same transaction and
 * answers at once; whoever answers the lead works afterwards. Invariant: a text is stored exactly once or the webhook is not
 * answered 2xx.
 */
@NullMarked
package dev.throughline.sms.inbound;

import org.jspecify.annotations.NullMarked;

/**
 * Texts to customers. A row is claimed before the request to Twilio; an unclear outcome is looked up before anything is
 * repeated, because Twilio has no idempotency key. Publishes {@code sms.sent}.
 */
@NullMarked
package dev.throughline.sms.outbound;

import org.jspecify.annotations.NullMarked;

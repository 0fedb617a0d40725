/**
 * Texts that operators and other systems ask for: checked against the customer's wish, the quiet hours and the tenant's rate, planned or
 * queued, and asked for once however often the request is repeated.
 */
@NullMarked
package dev.throughline.sms.request;

import org.jspecify.annotations.NullMarked;

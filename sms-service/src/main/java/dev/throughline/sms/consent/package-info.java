/**
 * Whether a customer may be texted. STOP words end everything outbound at once until START; they are never answered by us,
 * because the carrier answers them (Twilio, <em>Advanced Opt-Out</em>).
 */
@NullMarked
package dev.throughline.sms.consent;

import org.jspecify.annotations.NullMarked;

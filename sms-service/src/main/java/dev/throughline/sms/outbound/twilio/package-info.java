/** The texts of this service in Twilio's words; the only place of this service that knows the vendor's classes. */
@NullMarked
package dev.throughline.sms.outbound.twilio;

import org.jspecify.annotations.NullMarked;

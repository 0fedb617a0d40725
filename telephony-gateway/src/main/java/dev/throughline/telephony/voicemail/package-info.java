/**
 * Voice messages: taken by Twilio, told of by its recording callback, fetched only when an operator listens. Publishes
 * {@code call.message-left}, once per recording. Invariant: the audio is never stored here, and reaches only operators of the tenant whose
 * caller left it.
 */
@NullMarked
package dev.throughline.telephony.voicemail;

import org.jspecify.annotations.NullMarked;

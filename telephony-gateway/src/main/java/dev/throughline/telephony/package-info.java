/**
 * The telephony gateway: every voice webhook of Twilio and the TwiML that answers it, and the webhook by which ElevenLabs asks how to
 * begin a call it answers itself. It owns the database {@code telephony} and publishes {@code call.started},
 * {@code call.status-changed} and {@code call.ended}. Invariant: a signed webhook is always answered with something a caller can hear.
 */
@NullMarked
package dev.throughline.telephony;

import org.jspecify.annotations.NullMarked;

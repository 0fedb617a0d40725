/**
 * The webhooks Twilio is to be told when a call needs its next TwiML: their paths, their signatures, their descriptions. What they answer
 * is made in the packages of the features.
 */
@NullMarked
package dev.throughline.telephony.webhook;

import org.jspecify.annotations.NullMarked;

/**
 * The TwiML documents this service answers with, and the sentences in them. The only package that knows Twilio's TwiML builder. Pure:
 * everything a document says is a parameter.
 */
@NullMarked
package dev.throughline.telephony.twilio;

import org.jspecify.annotations.NullMarked;

/** Reads TwiML into verbs. Malformed documents are refused with 12100; elements and attributes outside Twilio's schema are left out and named as 12200 warnings, which is how Twilio treats them. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.twiml;

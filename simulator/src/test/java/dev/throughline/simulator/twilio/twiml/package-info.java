/** TwiML as the reference and the official builder write it. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.twiml;

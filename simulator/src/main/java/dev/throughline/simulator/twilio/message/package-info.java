/** Texts both ways: the Messages resource with its errors and status callbacks, texts from simulated customers with TwiML replies, and the opt-out state, which survives restarts. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.message;

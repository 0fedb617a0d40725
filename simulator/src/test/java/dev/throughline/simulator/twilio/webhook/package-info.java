/** Signatures against the official validator. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.webhook;

/** Requests from Twilio to the services: signed as Twilio signs, with its timeouts, its retry rules and its idempotency token. Armed faults (duplicate, reorder, delay, drop, wrong signature) happen here and nowhere else. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.webhook;

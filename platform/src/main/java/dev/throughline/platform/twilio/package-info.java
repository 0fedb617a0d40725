/**
 * Twilio at the edge of a service: verifying what Twilio signs (webhook forms, JSON bodies, WebSocket upgrades), answering with
 * TwiML, and calling its REST API. Signatures are computed over the configured public address, never over a Host header.
 * Invariant: a {@code SignedForm} cannot exist unless its signature held, and no REST request is ever repeated by the transport.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.platform.twilio;

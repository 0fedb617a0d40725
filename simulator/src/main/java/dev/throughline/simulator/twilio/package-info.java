/**
 * The Twilio stand-in: REST for messages, calls and numbers, signed webhooks, a TwiML interpreter, scripted callers and the
 * client side of Media Streams in real time. It is strict: what Twilio would refuse or silently ignore is refused or ignored
 * and also stands in {@code GET /_sim/report} with Twilio's own code. {@link dev.throughline.simulator.twilio.TwilioServer}
 * joins the parts; a call and a message each run on a virtual thread of their own, sockets and timers on the event loop.
 */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio;

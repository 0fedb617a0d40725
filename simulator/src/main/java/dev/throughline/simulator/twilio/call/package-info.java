/** Calls from webhook to hang-up: the TwiML flow, scripted callers, the Calls resource and the control paths for tests. Each call runs on its own virtual thread; a hang-up or a REST update interrupts whatever the call is doing. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.call;

/** Contract tests of the Twilio stand-in: the official SDK, the reference fixtures and a small service to talk to. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio;

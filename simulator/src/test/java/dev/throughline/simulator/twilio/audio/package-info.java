/** Queues and audio without a network. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.audio;

/** Mu-law audio at 8 kHz, 160 bytes for 20 ms: what the caller says, what the caller hears, the queue Twilio plays from, and the recording of it. Queues are bounded. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.audio;

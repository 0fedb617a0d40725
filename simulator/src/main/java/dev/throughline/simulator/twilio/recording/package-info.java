/** Recordings: what {@code <Record>}, {@code <Dial record>} and conferences leave behind, their callbacks, and the REST resource that gives them out. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.recording;

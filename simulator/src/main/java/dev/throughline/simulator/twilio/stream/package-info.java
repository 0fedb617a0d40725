/** The client side of Media Streams: opens the socket with a signature, sends a frame every 20 ms against absolute deadlines, plays what it gets in real time, echoes marks and honours clear. Messages of a wrong shape are ignored and reported, as Twilio ignores them. */
@org.jspecify.annotations.NullMarked
package dev.throughline.simulator.twilio.stream;

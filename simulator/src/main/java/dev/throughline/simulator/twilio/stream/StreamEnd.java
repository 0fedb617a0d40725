package dev.throughline.simulator.twilio.stream;

/** How a stream ended; only {@link Stopped} was the call's own doing. */
public sealed interface StreamEnd {

    /** The server closed the socket, or it broke. */
    record ServerClosed(int code, String reason) implements StreamEnd {}

    /**
     * There never was a socket: Twilio's error {@code code} and its words for it.
     *
     * @param injected whether an armed fault caused it
     */
    record NotOpened(int code, String error, boolean injected) implements StreamEnd {}

    /** An armed fault cut the connection. */
    record Dropped() implements StreamEnd {}

    /** The call ended or went on to other TwiML. */
    record Stopped() implements StreamEnd {}
}

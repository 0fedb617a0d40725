package dev.throughline.mediabridge.carrier;

/** What a carrier socket can do that ends it, whatever its frames say. */
public enum CarrierProblem {
    /** A message over the limit. */
    TOO_LARGE,
    /** A binary message; Media Streams are JSON text (Twilio, warning 31950 for the other direction). */
    BINARY,
    /** A write that did not finish in time: the other side does not read. */
    STALLED
}

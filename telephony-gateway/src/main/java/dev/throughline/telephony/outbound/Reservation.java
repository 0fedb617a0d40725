package dev.throughline.telephony.outbound;

/** Whether a request may go to the provider. */
sealed interface Reservation {

    /** Its row is written; it is the one that asks. */
    record Taken(OutboundRow row) implements Reservation {}

    /** Another request with the same idempotency key was first. */
    record Earlier(OutboundRow row) implements Reservation {}

    /** The tenant has as many calls as it may. */
    record OverLimit(int limit) implements Reservation {}
}

package dev.throughline.telephony.outbound;

import java.util.Locale;

/**
 * How far a request for a call has come. What became of the call itself stands in {@code calls}.
 *
 * <pre>
 *            ┌── taken ───────────────────────▶ PLACED ◀──┐
 * PLACING ───┼── refused ─────────────────────▶ REFUSED   │ found, or heard of
 *    │       └── nobody knows ──▶ UNKNOWN ─────────────────┤
 *    └── its process died ───────────▲  └─ no trace ─▶ NOT_FOUND
 * </pre>
 */
enum OutboundState {
    /** The row is written, the provider is being asked. */
    PLACING,
    /** There is a call. */
    PLACED,
    /** There may be a call: it is being looked up. */
    UNKNOWN,
    /** There is no call, and the refusal says why. */
    REFUSED,
    /** There is no call: nobody knows of one. */
    NOT_FOUND;

    /** As it stands in answers, for example {@code not-found}. */
    String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the request has had its answer. */
    boolean settled() {
        return this != PLACING;
    }
}

package dev.throughline.telephony.stream;

import io.smallrye.mutiny.Uni;

/** Knows which calls we took away from their stream ourselves: to a human, or into a room. */
public interface MovedCalls {

    /** Whether the call's leg was told to go elsewhere and is not back. Fails when the database does not answer in time. */
    Uni<Boolean> movedAway(String callSid);
}

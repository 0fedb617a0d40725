package dev.throughline.telephony.call;

import java.time.Instant;

/** A call as it stands in the database. */
public record CallRow(CallParties parties, CallProgress progress, Instant startedAt) {}

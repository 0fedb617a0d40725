package dev.throughline.telephony.outbound;

import org.jspecify.annotations.Nullable;

/** What a look-up found of a call nobody confirmed. */
sealed interface Trace {

    /** There is a call. Either may be missing, not both. */
    record Found(@Nullable String callSid, @Nullable String conversationId) implements Trace {}

    /** Everybody who was asked knows nothing of it. */
    record None() implements Trace {}

    /** Nobody could be asked. */
    record Unasked() implements Trace {}
}

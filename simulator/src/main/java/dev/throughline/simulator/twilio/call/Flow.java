package dev.throughline.simulator.twilio.call;

/** Where a call goes after a verb. */
sealed interface Flow {

    /** To the verb after it. */
    record Next() implements Flow {}

    /** To another document; nothing after the verb runs. */
    record GoTo(TwimlSource source) implements Flow {}

    /** The call ends with this status. */
    record End(CallStatus status) implements Flow {}
}

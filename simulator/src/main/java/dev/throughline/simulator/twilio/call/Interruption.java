package dev.throughline.simulator.twilio.call;

/** What can break into a call whatever it is doing. */
sealed interface Interruption {

    /** @param by who ended the call, in words for the events */
    record HangUp(String by) implements Interruption {}

    /** A REST update gave the call other instructions. */
    record Replace(TwimlSource source) implements Interruption {}
}

package dev.throughline.telephony.handover;

/** What is to be done at Twilio once a step is durable. */
sealed interface HandOverTask {

    /** Ring the human of an attempt. */
    record Ring(int attempt) implements HandOverTask {}

    /** Tell a human that it has come to nothing, and end his call. @param leg the human's CallSid */
    record LetHumanGo(String leg) implements HandOverTask {}

    /** Bring the caller's leg back to the agent. */
    record ReturnCaller() implements HandOverTask {}

    /** Say good-bye to the caller. */
    record ReleaseCaller() implements HandOverTask {}

    /** End the room, whoever is in it; their legs then ask what to do. */
    record EndRoom() implements HandOverTask {}
}

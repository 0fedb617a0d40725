package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;

/** What is heard of a hand-over: of the human's leg, of the caller's, and of what we asked Twilio for. */
sealed interface HandOverSignal {

    /** Twilio rings the human of an attempt. @param leg the human's CallSid */
    record Called(int attempt, String leg) implements HandOverSignal {}

    /** The human of an attempt will not take the call. @param why BUSY, NO_ANSWER, DECLINED, VOICEMAIL or FAILED */
    record Missed(int attempt, Stage why) implements HandOverSignal {}

    /** The human of an attempt pressed the key. @param leg the human's CallSid */
    record Accepted(int attempt, String leg) implements HandOverSignal {}

    /** The caller's leg was told to go into the room. */
    record Moved() implements HandOverSignal {}

    /** The caller's leg could not be told; the caller is where he was. */
    record NotMoved() implements HandOverSignal {}

    /** The caller was told to go into the room and is not there: he is where he was, or gone. */
    record CallerMissing() implements HandOverSignal {}

    /** The human gives the call back. @param leg the human's CallSid */
    record GivenBack(String leg) implements HandOverSignal {}

    /** The human is not in the room, and nobody said why. */
    record HumanMissing() implements HandOverSignal {}

    /** A human hung up. @param leg the human's CallSid */
    record HumanGone(String leg) implements HandOverSignal {}

    /** The caller's leg was told to go back to the agent. */
    record Returned() implements HandOverSignal {}

    /** The caller's leg could not be brought back to the agent. */
    record NotReturned() implements HandOverSignal {}

    /** The caller hung up. */
    record CallerGone() implements HandOverSignal {}

    /** The room was ended over their heads. */
    record RoomOver() implements HandOverSignal {}
}

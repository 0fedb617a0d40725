package dev.throughline.telephony.conference;

/** What is to be done at Twilio once a room's step is durable. */
public sealed interface RoomTask {

    /** The agent is to be called in: somebody is there to hear it. Its place in the room is written already. */
    record InviteAgent() implements RoomTask {}

    /** The room was to end, and nobody said that it has: it is ended again, or known to be over. */
    record Close() implements RoomTask {}

    /** The room is to be ended for all: no human is in it any more. */
    record End() implements RoomTask {}
}

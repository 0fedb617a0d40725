package dev.throughline.simulator.twilio.conference;

import io.vertx.core.MultiMap;

/** Calls somebody into a room for the Participants resource. */
public interface ParticipantDialler {

    /** Checks the request and makes a leg that is not placed yet. Throws {@code TwilioError} for what Twilio refuses. */
    Line line(MultiMap form);

    /** A leg that waits to be placed. */
    interface Line {

        ConferenceLeg leg();

        /** How long it waits for its turn. */
        long queueMillis();

        /** Places the call; when it is answered, it stays in {@code room} as {@code participant}. */
        void connect(Conference room, Participant participant);
    }
}

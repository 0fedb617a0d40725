package dev.throughline.telephony.stream;

import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.util.Optional;

/** Knows the streams of legs that are no customer's: those of an agent in a conference. */
public interface LegInvitations {

    /**
     * How another bridge is asked to carry the leg's stream on; empty when the leg is none of these, or nobody is there to hear the agent any
     * more. Fails when the database does not answer.
     *
     * @param webhookAt when Twilio asked
     */
    Uni<Optional<Invitation>> again(String legSid, Instant webhookAt);
}

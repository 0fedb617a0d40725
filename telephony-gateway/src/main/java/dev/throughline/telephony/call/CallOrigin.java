package dev.throughline.telephony.call;

import dev.throughline.events.CallEvent.Direction;
import dev.throughline.events.CallEvent.Path;
import org.jspecify.annotations.Nullable;

/**
 * How a call began and which way it took.
 *
 * @param path null of a call of which nothing but a status was heard
 * @param from the calling address as Twilio says it: E.164, {@code client:…}, {@code sip:…}, {@code anonymous}; empty when not known
 * @param to the called address, likewise; empty for a browser call
 * @param agentId the ElevenLabs agent that answers, null when none does or the installation's standard one is not known any more
 */
public record CallOrigin(
        Direction direction,
        @Nullable Path path,
        String from,
        String to,
        @Nullable String agentId) {

    /** A call that came to us. */
    public static CallOrigin inbound(Path path, String from, String to, @Nullable String agentId) {
        return new CallOrigin(Direction.INBOUND, path, from, to, agentId);
    }

    /** A call that we made: {@code from} is our number, {@code to} the customer. */
    public static CallOrigin outbound(Path path, String from, String to, @Nullable String agentId) {
        return new CallOrigin(Direction.OUTBOUND, path, from, to, agentId);
    }

    /** The customer's address. */
    public String customer() {
        return direction == Direction.OUTBOUND ? to : from;
    }

    /** The address that is ours. */
    public String ours() {
        return direction == Direction.OUTBOUND ? from : to;
    }
}

package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.VoiceResource;
import java.util.Map;

/** Who is at the far end of a call. */
sealed interface Destination {

    /** The person who called us; there already. */
    record Caller() implements Destination {}

    /** A person or a machine we call. */
    record Person(Callees.Callee callee) implements Destination {}

    /** A TwiML App: a second leg executes what its VoiceUrl says, and the two legs hear each other. */
    record App(VoiceResource app, Map<String, String> parameters) implements Destination {}

    /** Nobody has this address. */
    record Nowhere(String reason) implements Destination {}
}

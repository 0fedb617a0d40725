package dev.throughline.telephony.twilio;

/** What a call is told by REST (Twilio, <i>Call resource</i>, update). */
public sealed interface CallChange {

    /** What a call does next; a new call needs one of these. */
    sealed interface Instructions extends CallChange {}

    /**
     * Twilio asks this address, by POST, for TwiML.
     *
     * @param url absolute
     */
    record Url(String url) implements Instructions {}

    /**
     * This TwiML runs.
     *
     * @param xml at most {@value TwilioCalls#TWIML_LIMIT} characters
     */
    record Twiml(String xml) implements Instructions {}

    /** The call ends, whether it rings or is talked on. */
    record HangUp() implements CallChange {}
}

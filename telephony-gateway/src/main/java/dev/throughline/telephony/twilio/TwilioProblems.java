package dev.throughline.telephony.twilio;

import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.web.Problem;

/** Twilio's refusals as answers that name the cure (Twilio, <i>Error and warning dictionary</i>). Pure. */
public final class TwilioProblems {

    /** The code of an answer to what may have happened. */
    public static final String UNCLEAR = "UNCLEAR";

    private TwilioProblems() {}

    /** The answer to whoever asked for what Twilio refused. Twilio's own words are left out: they name the number. */
    public static Problem of(SendOutcome.Refused<?> refused) {
        return switch (refused.code()) {
            case 16025, 16026 ->
                Problem.conflict(
                        "LABEL_TAKEN",
                        "Somebody with this label is in the room: choose another label, or remove that participant first.");
            case 16021, 10004 ->
                Problem.of(
                        429,
                        "TOO_MANY_CALLS",
                        "The Twilio account has no room for another call: end one, or have the account's limit raised.");
            case 20404 ->
                Problem.conflict("GONE", "Twilio does not know this any more: it has ended. Look at the room again.");
            case 20003 ->
                Problem.of(
                        503,
                        "TWILIO_CREDENTIALS",
                        "Twilio refuses the credentials: check TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and TWILIO_API_SECRET).");
            case 21210, 21212 ->
                Problem.of(
                        422,
                        "CALLER_ID",
                        "Twilio does not let this number call: give the tenant a number of the Twilio account, or verify it there as a caller id.");
            case 21211, 21214, 21217 ->
                Problem.of(422, "INVALID_NUMBER", "Twilio cannot call this number: check it, with its country code.");
            case 21215, 21408 ->
                Problem.of(
                        422,
                        "COUNTRY_NOT_PERMITTED",
                        "The Twilio account may not call this country: allow it in the Twilio console under Voice, Geo permissions.");
            case 21216 -> Problem.of(422, "NUMBER_BLOCKED", "Twilio blocks calls to this number: call another one.");
            case 21218 ->
                Problem.of(
                        503,
                        "TWIML_APP",
                        "Twilio does not know the TwiML application: set TWILIO_TWIML_APP_SID to one of this account.");
            case 21219 ->
                Problem.of(
                        422,
                        "TRIAL_ACCOUNT",
                        "A Twilio trial account calls verified numbers only: verify the number, or upgrade the account.");
            case 21220 -> Problem.conflict("CALL_OVER", "The call is not in progress any more.");
            case 20429 -> tooFast();
            default -> byStatus(refused);
        };
    }

    /** The answer where it is not known whether Twilio did it. */
    public static Problem unclear() {
        return Problem.of(
                504,
                UNCLEAR,
                "Twilio did not say in time whether it happened: look before you try again, it may have.");
    }

    private static Problem byStatus(SendOutcome.Refused<?> refused) {
        return switch (refused.httpStatus()) {
            case 0 ->
                Problem.of(
                        503,
                        "TWILIO_UNREACHABLE",
                        "Twilio could not be reached, or is not configured (TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN): nothing happened, try again.");
            case 404 -> Problem.conflict("GONE", "Twilio does not know this any more: it has ended.");
            case 429 -> tooFast();
            default ->
                Problem.of(
                        502,
                        "TWILIO_REFUSED",
                        "Twilio refused, error " + refused.code() + ": see https://www.twilio.com/docs/api/errors/"
                                + refused.code() + ".");
        };
    }

    private static Problem tooFast() {
        return Problem.tooManyRequests("Twilio takes no more requests at the moment: try again in some seconds.");
    }
}

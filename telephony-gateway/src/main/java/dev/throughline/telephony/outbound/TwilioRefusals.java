package dev.throughline.telephony.outbound;

import dev.throughline.platform.twilio.SendOutcome;
import java.time.Duration;

/** What Twilio refuses (Twilio, <i>Error and warning dictionary</i>), with the cure. Pure. */
final class TwilioRefusals {

    /** Twilio names no time; its limit on new calls is one a second. */
    private static final Duration SLOWER = Duration.ofSeconds(1);

    private TwilioRefusals() {}

    static Refusal of(SendOutcome.Refused<?> refused) {
        if (refused.httpStatus() == 0) {
            return refused.retryable()
                    ? new Refusal(
                            503,
                            "PROVIDER_UNREACHABLE",
                            "There is no connection to Twilio.",
                            "Ask again in a moment; if it lasts, check TWILIO_API_BASE_URL and the network.")
                    : new Refusal(
                            503,
                            "NOT_CONFIGURED",
                            "This installation has no Twilio account.",
                            "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET.");
        }
        return switch (refused.code()) {
            case 21211, 21217, 13224 ->
                refusal(422, "INVALID_NUMBER", refused, "Check the number with its country code.");
            case 21214 ->
                refusal(422, "UNREACHABLE_NUMBER", refused, "Check the number; Twilio cannot reach it by telephone.");
            case 21216 ->
                refusal(
                        422,
                        "NUMBER_NOT_ALLOWED",
                        refused,
                        "Twilio does not call this number: see Voice, Settings, Blocked numbers in its console.");
            case 21215, 13227 ->
                refusal(
                        502,
                        "DESTINATION_NOT_PERMITTED",
                        refused,
                        "Allow the country in Twilio's console: Voice, Settings, Geographic permissions.");
            case 21219 ->
                refusal(
                        502,
                        "TRIAL_ACCOUNT",
                        refused,
                        "Verify the number in Twilio's console (Verified Caller IDs), or upgrade the trial account.");
            case 21210, 21212, 21213 ->
                refusal(
                        502,
                        "CALLER_ID_NOT_OURS",
                        refused,
                        "Set the tenant's twilioPhoneNumber to a number of this Twilio account, or verify it there.");
            case 21200, 21205 ->
                refusal(
                        502,
                        "CALLBACK_NOT_REACHABLE",
                        refused,
                        "Set APP_BASE_URL to the public https address of this installation.");
            case 10004 ->
                new Refusal(
                        429,
                        "PROVIDER_BUSY",
                        detail(refused),
                        "Ask again when another call has ended, or have Twilio raise the account's concurrent calls.",
                        SLOWER);
            case 20429 ->
                new Refusal(
                        429,
                        "PROVIDER_BUSY",
                        detail(refused),
                        "Ask again more slowly: Twilio starts one call a second unless the account is allowed more.",
                        SLOWER);
            case 20003, 20403 ->
                refusal(
                        502,
                        "PROVIDER_CREDENTIALS",
                        refused,
                        "Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, to valid ones of TWILIO_ACCOUNT_SID.");
            case 20005 ->
                refusal(
                        502,
                        "PROVIDER_ACCOUNT",
                        refused,
                        "The Twilio account is not active: see its console, Billing.");
            case 20404 ->
                refusal(
                        502,
                        "PROVIDER_ACCOUNT",
                        refused,
                        "Set TWILIO_ACCOUNT_SID to the account's, and TWILIO_API_BASE_URL to its region.");
            default -> other(refused);
        };
    }

    private static Refusal other(SendOutcome.Refused<?> refused) {
        return switch (refused.httpStatus()) {
            case 401, 403 ->
                refusal(
                        502,
                        "PROVIDER_CREDENTIALS",
                        refused,
                        "Set TWILIO_AUTH_TOKEN, or TWILIO_API_KEY and TWILIO_API_SECRET, to valid ones of TWILIO_ACCOUNT_SID.");
            case 429 -> new Refusal(429, "PROVIDER_BUSY", detail(refused), "Ask again more slowly.", SLOWER);
            default ->
                refusal(
                        502,
                        "PROVIDER_REFUSED",
                        refused,
                        "Look the code up in Twilio's error dictionary: twilio.com/docs/api/errors/" + refused.code()
                                + ".");
        };
    }

    private static Refusal refusal(int status, String code, SendOutcome.Refused<?> refused, String cure) {
        return new Refusal(status, code, detail(refused), cure, null);
    }

    private static String detail(SendOutcome.Refused<?> refused) {
        String said = refused.message();
        String code = refused.code() == 0 ? "HTTP " + refused.httpStatus() : "error " + refused.code();
        return "Twilio refused the call (" + code + ")" + (said.isBlank() ? "." : ": " + said);
    }
}

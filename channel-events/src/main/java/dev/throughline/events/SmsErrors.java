package dev.throughline.events;

import java.util.Map;

/** What Twilio's error codes of texts mean, in a few words (Twilio, <i>Errors and warnings</i>). */
public final class SmsErrors {

    /** The customer has opted out at Twilio. */
    public static final int OPTED_OUT = 21_610;

    private static final Map<Integer, String> REASONS = Map.ofEntries(
            Map.entry(21_211, "the number is not valid"),
            Map.entry(21_408, "texts to this country are not permitted for the account"),
            Map.entry(21_602, "the text is empty"),
            Map.entry(21_603, "there is no sender"),
            Map.entry(21_606, "the sender cannot send texts"),
            Map.entry(21_608, "a trial account may only text verified numbers"),
            Map.entry(OPTED_OUT, "the customer has opted out"),
            Map.entry(21_612, "there is no route from this sender to this number"),
            Map.entry(21_614, "the number is no mobile number"),
            Map.entry(21_617, "the text is too long"),
            Map.entry(21_635, "the number is a landline"),
            Map.entry(21_703, "the messaging service has no sender"),
            Map.entry(30_001, "the queue was full"),
            Map.entry(30_003, "the handset could not be reached"),
            Map.entry(30_004, "the message was blocked"),
            Map.entry(30_005, "the handset is unknown"),
            Map.entry(30_006, "a landline, or the carrier could not be reached"),
            Map.entry(30_007, "the carrier filtered it"),
            Map.entry(30_008, "the carrier gave no reason"),
            Map.entry(30_032, "the toll-free number is not verified"),
            Map.entry(30_034, "the number is not registered for business texts (10DLC)"),
            Map.entry(30_450, "blocked as suspected traffic pumping"));

    private SmsErrors() {}

    /** The reason; names the code where nothing is known of it. */
    public static String reason(int code) {
        return REASONS.getOrDefault(code, "Twilio error " + code);
    }
}

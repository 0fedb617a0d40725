package dev.throughline.simulator.twilio.account;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** What a phone number looks like, and the place Twilio reports for it. */
public final class PhoneNumbers {

    private static final Pattern E164 = Pattern.compile("\\+[1-9]\\d{7,14}");

    private PhoneNumbers() {}

    /** Whether {@code value} is a number in E.164. */
    public static boolean isE164(String value) {
        return E164.matcher(value).matches();
    }

    /** {@code (202) 555-0103} for a US number, the number itself for any other. */
    public static String formatted(String number) {
        return number.matches("\\+1\\d{10}")
                ? "(%s) %s-%s".formatted(number.substring(2, 5), number.substring(5, 8), number.substring(8))
                : number;
    }

    /** {@code FromCity, FromState, FromZip, FromCountry} for the prefix {@code From}; always the same place. */
    public static Map<String, String> place(String prefix) {
        Map<String, String> place = new LinkedHashMap<>();
        place.put(prefix + "City", "WASHINGTON");
        place.put(prefix + "State", "DC");
        place.put(prefix + "Zip", "20001");
        place.put(prefix + "Country", "US");
        return place;
    }
}

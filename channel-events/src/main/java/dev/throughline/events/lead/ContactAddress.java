package dev.throughline.events.lead;

/**
 * How a lead is reached.
 *
 * @param kind what the value is
 * @param value normalised: E.164 for a phone, the id for a visitor, the call's id where the caller hid the number
 */
public record ContactAddress(Kind kind, String value) {

    /** Kinds of address; the name is part of the lead's identity and never changes. */
    public enum Kind {
        PHONE,
        VISITOR,
        CLIENT,
        CALL
    }

    /** A phone number that is already E.164. */
    public static ContactAddress phone(String e164) {
        return new ContactAddress(Kind.PHONE, e164);
    }
}

package dev.throughline.telephony.conference;

import java.util.Locale;

/** Who a participant of a room is. */
public enum Role {
    PHONE,
    BROWSER,
    AI;

    /** Whether a person is at the other end. */
    public boolean human() {
        return this != AI;
    }

    /** As events and answers say it, for example {@code phone}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

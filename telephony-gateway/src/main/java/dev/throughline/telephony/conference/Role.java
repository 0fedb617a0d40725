package dev.throughline.telephony.conference;

import java.util.Arrays;
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

    /** Whose label it is as far as it tells: the ones we choose begin with the role. */
    static Role ofLabel(String label) {
        return Arrays.stream(values())
                .filter(role -> label.equals(role.wire()) || label.startsWith(role.wire() + "-"))
                .findFirst()
                .orElse(PHONE);
    }

    /** As events and answers say it, for example {@code phone}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package dev.throughline.telephony.direct;

import dev.throughline.events.tenant.BusinessHours;
import dev.throughline.events.tenant.Tenant;
import java.time.Instant;
import java.time.LocalDateTime;

/**
 * What a business says to a caller when no agent answers.
 *
 * @param words spoken first
 * @param ring whether the tenant's fallback number is rung afterwards; otherwise the call ends
 */
record DirectAnswer(String words, boolean ring) {

    private static final String GOODBYE = " Please call again. Goodbye.";

    /** The answer of {@code tenant} at {@code now}. A tenant that told no hours at all is taken to be open. */
    static DirectAnswer of(Tenant tenant, Instant now) {
        String greeting = "Thank you for calling " + tenant.name() + ".";
        String hours = BusinessHours.summary(tenant.settings());
        boolean open =
                hours.isEmpty() || BusinessHours.openAt(LocalDateTime.ofInstant(now, tenant.zone()), tenant.settings());
        if (!open) {
            return new DirectAnswer(greeting + " We are closed right now. " + hours + " Goodbye.", false);
        }
        if (tenant.settings().fallbackNumber() != null) {
            return new DirectAnswer(greeting + " Please hold while we connect you.", true);
        }
        return new DirectAnswer(greeting + " Nobody can take your call right now." + GOODBYE, false);
    }
}

package dev.throughline.telephony.outbound;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who is called.
 *
 * @param number E.164
 */
record Callee(UUID leadId, String number) {

    /**
     * From what the operator gave. Pure.
     *
     * @param leadId null where only the number was given: the lead is then the number's
     * @param to E.164; null where only the lead was given: the number is then the last known
     * @param context what is known of the lead in {@code leadId}; empty when that is nothing
     * @throws dev.throughline.platform.web.Problem 422 when the two do not belong together, or no number is known
     */
    static Callee of(Tenant tenant, @Nullable UUID leadId, @Nullable String to, Optional<LeadContext> context) {
        Optional<String> known = context.map(LeadContext::phone).map(phone -> phone.value());
        if (leadId == null) {
            if (to == null) {
                throw CallPolicy.unknownLead().problem();
            }
            return new Callee(leadOf(tenant, to), to);
        }
        if (to == null) {
            return new Callee(
                    leadId, known.orElseThrow(() -> CallPolicy.unknownLead().problem()));
        }
        UUID numbers = leadOf(tenant, to);
        boolean same = numbers.equals(leadId)
                || known.filter(to::equals).isPresent()
                || context.filter(lead -> lead.linked().contains(numbers)).isPresent();
        if (!same) {
            throw CallPolicy.anotherLead().problem();
        }
        return new Callee(leadId, to);
    }

    private static UUID leadOf(Tenant tenant, String number) {
        return LeadIds.of(tenant.id(), ContactAddress.phone(number));
    }
}

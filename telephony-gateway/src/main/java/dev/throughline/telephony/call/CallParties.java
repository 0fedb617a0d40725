package dev.throughline.telephony.call;

import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import java.util.UUID;

/**
 * Whose call it is.
 *
 * @param callSid Twilio's CallSid of the customer's leg
 */
public record CallParties(String callSid, UUID tenantId, UUID leadId) {

    /**
     * The parties of a call of {@code tenant}.
     *
     * @param customer the customer's address as Twilio sent it
     */
    public static CallParties of(String callSid, Tenant tenant, String customer) {
        UUID lead = LeadIds.of(tenant.id(), LeadIds.address(customer, tenant.country(), callSid));
        return new CallParties(callSid, tenant.id(), lead);
    }
}

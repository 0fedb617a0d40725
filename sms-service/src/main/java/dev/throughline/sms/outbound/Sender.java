package dev.throughline.sms.outbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TextSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a text.
 *
 * @param number the tenant's number, E.164
 * @param messagingServiceSid Twilio's MG…, which then picks the number itself; null = {@code number} sends
 */
public record Sender(String number, @Nullable String messagingServiceSid) {

    /**
     * The sender for a lead: the number it knows, as long as the tenant has it; otherwise always the same one of the pool.
     *
     * @param known the business number of the lead's last text, null when there was none
     * @return empty when the tenant has no number
     */
    public static Optional<Sender> of(Tenant tenant, UUID leadId, @Nullable String known) {
        TextSettings texts = tenant.settings().texts();
        List<String> pool = new ArrayList<>();
        if (tenant.twilioPhoneNumber() != null) {
            pool.add(tenant.twilioPhoneNumber());
        }
        pool.addAll(texts.senders());
        if (pool.isEmpty()) {
            return Optional.empty();
        }
        String number =
                known != null && pool.contains(known) ? known : pool.get(Math.floorMod(leadId.hashCode(), pool.size()));
        return Optional.of(new Sender(number, texts.messagingServiceSid()));
    }

    /** What is paced: the service or the number. */
    String paceKey() {
        return messagingServiceSid == null ? number : messagingServiceSid;
    }
}

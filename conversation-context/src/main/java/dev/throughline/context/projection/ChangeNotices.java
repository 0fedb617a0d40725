package dev.throughline.context.projection;

import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What replicas tell each other of changed leads by {@code NOTIFY}: {@code sender tenant/lead tenant/lead …}. Its own notices a replica
 * passes over, for its followers were woken when the transaction ended.
 */
@Singleton
public class ChangeNotices {

    /** The PostgreSQL channel. */
    public static final String CHANNEL = "throughline_leads_changed";

    /** PostgreSQL takes less than 8,000 bytes; a lead with its tenant takes 74. */
    private static final int LEADS = 100;

    private final String sender = UUID.randomUUID().toString();

    /** The payloads that tell of these leads. */
    List<String> of(LeadsChanged changed) {
        List<String> payloads = new ArrayList<>();
        StringBuilder payload = new StringBuilder(sender);
        int leads = 0;
        for (Map.Entry<UUID, UUID> lead : changed.tenantByLead().entrySet()) {
            if (leads == LEADS) {
                payloads.add(payload.toString());
                payload = new StringBuilder(sender);
                leads = 0;
            }
            payload.append(' ').append(lead.getValue()).append('/').append(lead.getKey());
            leads++;
        }
        payloads.add(payload.toString());
        return payloads;
    }

    /** What another replica tells; empty for one's own. */
    public Optional<LeadsChanged> read(String payload) {
        String[] parts = payload.split(" ");
        if (parts[0].equals(sender)) {
            return Optional.empty();
        }
        Map<UUID, UUID> tenants = new HashMap<>();
        for (String part : List.of(parts).subList(1, parts.length)) {
            String[] ids = part.split("/");
            tenants.put(UUID.fromString(ids[1]), UUID.fromString(ids[0]));
        }
        return Optional.of(new LeadsChanged(tenants));
    }
}

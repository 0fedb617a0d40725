package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a tool secret is for. Each use has its own rotation: the newest secret, and for the overlap the one before it. */
public enum ToolSecretUse {
    /** Shown to an operator, for integrations made by hand. */
    BY_HAND,
    /** Given to ElevenLabs by provisioning and shown to nobody. */
    OF_AGENTS;

    /**
     * The tenant after a rotation. Secrets that have ended are dropped. Pure.
     *
     * @param ofAgents the hashes that are of agents; all others are by hand
     * @param fresh the new secret's hash
     */
    Tenant rotated(Tenant tenant, Set<String> ofAgents, String fresh, Instant now, Duration overlap) {
        List<String> hashes = new ArrayList<>(List.of(fresh));
        Map<String, Instant> ends = new HashMap<>();
        boolean previous = true;
        for (String hash : tenant.toolSecretHashes()) {
            boolean sameUse = ofAgents.contains(hash) == (this == OF_AGENTS);
            Instant end = tenant.toolSecretEnds().get(hash);
            if (!tenant.acceptsSecret(hash, now) || sameUse && !previous) {
                continue;
            }
            hashes.add(hash);
            if (sameUse) {
                previous = false;
                Instant last = now.plus(overlap);
                ends.put(hash, end == null || last.isBefore(end) ? last : end);
            } else if (end != null) {
                ends.put(hash, end);
            }
        }
        return tenant.withToolSecrets(hashes, ends);
    }
}

package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Ids;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Signatures handed out by get-signed-url: each opens conversations with one agent for 15 minutes, some only once. */
final class SignedUrls {

    private static final int CAPACITY = 10_000;

    private final Map<String, Grant> grants = new LinkedHashMap<>();
    private final Clock clock;
    private final Duration life;

    SignedUrls(Clock clock, Duration life) {
        this.clock = clock;
        this.life = life;
    }

    /**
     * What a signature allows.
     *
     * @param conversationId the id promised to a single-use URL; empty otherwise
     */
    record Grant(String agentId, String conversationId, Instant expiresAt) {}

    /** A new signature; {@code conversationId} empty for one that may be used more than once. */
    String issue(String agentId, String conversationId) {
        if (grants.size() >= CAPACITY) {
            grants.remove(grants.keySet().iterator().next());
        }
        String signature = Ids.fresh("cvtkn");
        grants.put(signature, new Grant(agentId, conversationId, clock.instant().plus(life)));
        return signature;
    }

    /** Uses a signature for {@code agentId}; empty when it is unknown, another agent's, expired or spent. */
    Optional<Grant> use(String signature, String agentId) {
        Grant grant = grants.get(signature);
        if (grant == null || !grant.agentId().equals(agentId) || clock.instant().isAfter(grant.expiresAt())) {
            return Optional.empty();
        }
        if (!grant.conversationId().isEmpty()) {
            grants.remove(signature);
        }
        return Optional.of(grant);
    }
}

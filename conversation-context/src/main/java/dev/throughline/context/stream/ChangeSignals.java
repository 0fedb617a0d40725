package dev.throughline.context.stream;

import dev.throughline.context.projection.LeadsChanged;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Who wants to know of which changes, in this process. A signal says "look", not "what": repeats and false ones are harmless. */
@Singleton
class ChangeSignals {

    private final Map<UUID, Set<Runnable>> byLead = new ConcurrentHashMap<>();
    private final Map<UUID, Set<Runnable>> byTenant = new ConcurrentHashMap<>();

    void onLead(UUID leadId, Runnable listener) {
        add(byLead, leadId, listener);
    }

    void offLead(UUID leadId, Runnable listener) {
        remove(byLead, leadId, listener);
    }

    void onTenant(UUID tenantId, Runnable listener) {
        add(byTenant, tenantId, listener);
    }

    void offTenant(UUID tenantId, Runnable listener) {
        remove(byTenant, tenantId, listener);
    }

    /** Tells everybody who waits for this lead or its tenant. */
    void changed(UUID tenantId, UUID leadId) {
        byLead.getOrDefault(leadId, Set.of()).forEach(Runnable::run);
        byTenant.getOrDefault(tenantId, Set.of()).forEach(Runnable::run);
    }

    /** Tells every follower to look: something may have been missed. */
    void lookAgain() {
        byTenant.values().forEach(listeners -> listeners.forEach(Runnable::run));
        byLead.values().forEach(listeners -> listeners.forEach(Runnable::run));
    }

    void observe(@Observes LeadsChanged changed) {
        changed.tenantByLead().forEach((lead, tenant) -> changed(tenant, lead));
    }

    private static void add(Map<UUID, Set<Runnable>> listeners, UUID key, Runnable listener) {
        listeners.compute(key, (k, had) -> {
            Set<Runnable> set = had == null ? ConcurrentHashMap.newKeySet() : had;
            set.add(listener);
            return set;
        });
    }

    private static void remove(Map<UUID, Set<Runnable>> listeners, UUID key, Runnable listener) {
        listeners.computeIfPresent(key, (k, had) -> {
            had.remove(listener);
            return had.isEmpty() ? null : had;
        });
    }
}

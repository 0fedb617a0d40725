package dev.throughline.context.stream;

import dev.throughline.context.projection.LeadsChanged;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who wants to know of which changes, in this process. A signal says "look", not "what": repeats and false ones are harmless. */
@Singleton
class ChangeSignals {

    private final Map<UUID, Set<Runnable>> byLead = new ConcurrentHashMap<>();
    private final Map<UUID, Set<Consumer<UUID>>> byTenant = new ConcurrentHashMap<>();

    void onLead(UUID leadId, Runnable listener) {
        add(byLead, leadId, listener);
    }

    void offLead(UUID leadId, Runnable listener) {
        remove(byLead, leadId, listener);
    }

    void onTenant(UUID tenantId, Consumer<UUID> listener) {
        add(byTenant, tenantId, listener);
    }

    void offTenant(UUID tenantId, Consumer<UUID> listener) {
        remove(byTenant, tenantId, listener);
    }

    /** Tells everybody who waits for this lead or its tenant. */
    void changed(UUID tenantId, UUID leadId) {
        byLead.getOrDefault(leadId, Set.of()).forEach(Runnable::run);
        byTenant.getOrDefault(tenantId, Set.of()).forEach(listener -> listener.accept(leadId));
    }

    /** Tells every follower of a lead to look: something may have been missed. */
    void lookAgain() {
        byLead.values().forEach(listeners -> listeners.forEach(Runnable::run));
    }

    void observe(@Observes LeadsChanged changed) {
        changed.tenantByLead().forEach((lead, tenant) -> changed(tenant, lead));
    }

    private static <T> void add(Map<UUID, Set<T>> listeners, UUID key, T listener) {
        listeners.compute(key, (k, had) -> {
            Set<T> set = had == null ? ConcurrentHashMap.newKeySet() : had;
            set.add(listener);
            return set;
        });
    }

    private static <T> void remove(Map<UUID, Set<T>> listeners, UUID key, T listener) {
        listeners.computeIfPresent(key, (k, had) -> {
            had.remove(listener);
            return had.isEmpty() ? null : had;
        });
    }
}

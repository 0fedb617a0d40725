package dev.throughline.context.projection;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.context.projection.ProjectionRepository.Standing;
import jakarta.inject.Singleton;
import java.util.Collection;
import java.util.Map;
import java.util.UUID;

/**
 * Contexts as they were folded last, so that a busy lead's is not read and decoded for every batch. A context follows from the events of its
 * lead, so it is the database's as long as the table, the newest offset and the number of events are.
 */
@Singleton
class ContextCache {

    private final Cache<UUID, Cached> contexts;

    /**
     * A context and what it was made of.
     *
     * @param table the table's oid: another table's rows may have been folded by other code
     */
    record Cached(long table, Standing standing, int bytes) {}

    ContextCache(ProjectionConfig config) {
        this.contexts = Caffeine.newBuilder()
                .maximumWeight(config.cache().asLongValue())
                .weigher((UUID lead, Cached cached) -> cached.bytes())
                .build();
    }

    /** Those that are there. */
    Map<UUID, Cached> of(Collection<UUID> leads) {
        return contexts.getAllPresent(leads);
    }

    void put(long table, LeadFold fold) {
        contexts.put(
                fold.context().leadId(),
                new Cached(
                        table,
                        new Standing(fold.context(), fold.lastOffset(), fold.events(), table),
                        fold.encoded().length));
    }
}

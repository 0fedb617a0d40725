package dev.throughline.tools.catalog;

import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a visit occupies besides a person: a chair, a room, a machine. A service that some chair is for needs one of those; a service
 * that no chair is for needs none.
 *
 * @param name unique within the tenant, whatever the case
 * @param serviceIds what it is for; null = every service of the tenant, later ones too
 */
public record Chair(
        UUID id, UUID tenantId, String name, @Nullable Set<UUID> serviceIds) {}

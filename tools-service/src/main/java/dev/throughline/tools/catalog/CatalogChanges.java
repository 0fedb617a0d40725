package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import dev.throughline.tools.tenant.Tenants;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** Changes what a tenant offers: the row, the tenant's new version and its record on {@code tenants-v1} are one transaction. */
@Singleton
class CatalogChanges {

    /** More than any business has; everything of a kind is read at once. */
    private static final int MOST = 500;

    private final Tenants tenants;
    private final Catalog catalog;

    CatalogChanges(Tenants tenants, Catalog catalog) {
        this.tenants = tenants;
        this.catalog = catalog;
    }

    /**
     * Makes a change. Fails with 404 when there is no such tenant, or when the change says that there was nothing to change.
     *
     * @param kind for the sentence of a refusal, for example {@code service}
     * @param change from the offering as it stands
     */
    Uni<Void> make(UUID tenantId, String kind, BiFunction<SqlClient, Offering, Uni<Boolean>> change) {
        return tenants.changeCatalog(
                        tenantId,
                        tx -> catalog.read(tx, tenantId)
                                .chain(standing -> change.apply(tx, standing))
                                .invoke(changed -> {
                                    if (!changed) {
                                        throw CatalogPaths.unknown(kind);
                                    }
                                }),
                        tx -> catalog.read(tx, tenantId)
                                .invoke(CatalogChanges::mustBeReasonable)
                                .map(Offering::published))
                .replaceWithVoid();
    }

    private static void mustBeReasonable(Offering offering) {
        boolean tooMany = Stream.of(offering.services(), offering.staff(), offering.chairs(), offering.closures())
                .mapToInt(List::size)
                .anyMatch(count -> count > MOST);
        if (tooMany) {
            throw Problem.conflict("TOO_MANY", "A tenant has at most " + MOST + " of each.");
        }
    }
}

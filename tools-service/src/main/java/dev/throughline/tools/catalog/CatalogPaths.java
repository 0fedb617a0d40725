package dev.throughline.tools.catalog;

import dev.throughline.platform.web.Problem;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;

/** Paths and ids of the catalog's resources. */
final class CatalogPaths {

    private CatalogPaths() {}

    /** Where a thing of the catalog is found. */
    static URI of(UUID tenant, String kind, UUID id) {
        return URI.create("/api/tenants/" + tenant + "/" + kind + "/" + id);
    }

    /** The id of a path. @throws Problem 404 when it is none */
    static UUID id(String text, String kind) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            throw unknown(kind);
        }
    }

    /** The one of {@code all} with this id. @throws Problem 404 when there is none */
    static <T> T find(List<T> all, Function<T, UUID> idOf, UUID wanted, String kind) {
        return all.stream()
                .filter(one -> idOf.apply(one).equals(wanted))
                .findFirst()
                .orElseThrow(() -> unknown(kind));
    }

    static Problem unknown(String kind) {
        return Problem.notFound("There is no such " + kind + ".");
    }
}

package dev.throughline.localstack.front;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The routes, most specific first: exact before prefix, then longer before shorter. A route to {@code none} is one nobody outside may
 * take.
 */
public final class RouteTable {

    private static final Comparator<Route> MOST_SPECIFIC_FIRST = Comparator.<Route, Route.Match>comparing(Route::match)
            .thenComparing(route -> -route.path().length());

    private static final String NOBODY = "none";

    private final List<Route> routes;

    /**
     * A table of {@code routes}, in any order.
     *
     * @throws IllegalArgumentException when two routes have the same path and match
     */
    public RouteTable(List<Route> routes) {
        Set<String> seen = new HashSet<>();
        for (Route route : routes) {
            if (!seen.add(route.match() + " " + route.path())) {
                throw new IllegalArgumentException("two routes for " + route.path());
            }
        }
        this.routes = routes.stream().sorted(MOST_SPECIFIC_FIRST).toList();
    }

    /**
     * Reads a table of the form {@code routes: [{path, match, service, from}]}.
     *
     * @throws IOException when the file is missing or not of that form
     */
    public static RouteTable read(Path file) throws IOException {
        JsonMapper yaml = JsonMapper.builder(new YAMLFactory())
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .build();
        Map<String, List<Route>> document = yaml.readValue(file.toFile(), new TypeReference<>() {});
        List<Route> routes = document.get("routes");
        if (routes == null || routes.isEmpty()) {
            throw new IOException(file + " holds no routes");
        }
        return new RouteTable(routes);
    }

    /** All routes, most specific first, those to {@code none} included. */
    public List<Route> routes() {
        return routes;
    }

    /** The service that answers {@code rawPath} (no query); empty when no route covers it. */
    public Optional<String> serviceOf(String rawPath) {
        return routes.stream()
                .filter(route -> route.covers(rawPath))
                .findFirst()
                .map(Route::service)
                .filter(service -> !service.equals(NOBODY));
    }

    /** Every service the table names, {@code none} not counted. */
    public Set<String> services() {
        Set<String> names = new TreeSet<>();
        routes.forEach(route -> names.add(route.service()));
        names.remove(NOBODY);
        return names;
    }
}

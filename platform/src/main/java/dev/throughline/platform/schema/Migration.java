package dev.throughline.platform.schema;

import io.vertx.mutiny.sqlclient.Row;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One migration as Flyway's history names it.
 *
 * @param script e.g. {@code db/migration/V1__calls.sql}
 * @param checksum Flyway's, of the script's lines
 */
public record Migration(String script, int checksum) {

    /** A row of {@link SchemaCheck#HISTORY}. */
    public static Migration of(Row row) {
        return new Migration(row.getString("script"), row.getInteger("checksum"));
    }

    /** Reads lines of {@code script checksum}; empty lines are none. */
    static List<Migration> parse(String lines) {
        return lines.lines()
                .filter(line -> !line.isBlank())
                .map(Migration::ofLine)
                .toList();
    }

    /**
     * What keeps a release from a database.
     *
     * @param needed the release's
     * @param applied all that ever succeeded; those of a later release do no harm, nor does a repeatable one in a later form
     * @return a sentence with its cure; empty when nothing is missing
     */
    static Optional<String> missing(Collection<Migration> needed, Set<Migration> applied) {
        List<String> missing = needed.stream()
                .filter(migration -> !applied.contains(migration))
                .map(Migration::script)
                .toList();
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of("The database's schema is not this release's, it lacks " + String.join(", ", missing)
                        + ": run the migration job of this release (QUARKUS_INIT_AND_EXIT=true) first.");
    }

    /** The line that {@link #parse} reads. */
    public String line() {
        return script + " " + checksum;
    }

    private static Migration ofLine(String line) {
        int space = line.lastIndexOf(' ');
        return new Migration(line.substring(0, space), Integer.parseInt(line.substring(space + 1)));
    }
}

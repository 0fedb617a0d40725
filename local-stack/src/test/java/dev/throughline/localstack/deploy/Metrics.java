package dev.throughline.localstack.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics {@code docs/metrics.md} tells of. */
public final class Metrics {

    private static final Pattern ROW = Pattern.compile("(?m)^\\| `(throughline_\\w+)` \\|");
    private static final Pattern PART = Pattern.compile("_(count|sum|max|bucket)$");

    private Metrics() {}

    /** Their names, without the endings of a timer's parts. */
    public static Set<String> documented(Path root) throws IOException {
        Set<String> names = new TreeSet<>();
        ROW.matcher(Files.readString(root.resolve("docs/metrics.md")))
                .results()
                .forEach(found -> names.add(found.group(1)));
        return names;
    }

    /** The metric a line of a scrape belongs to. */
    public static String family(String name) {
        return PART.matcher(name).replaceAll("");
    }
}

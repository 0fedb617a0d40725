package dev.throughline.localstack.bench.images;

import dev.throughline.localstack.bench.Target;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One service's image.
 *
 * @param service its name
 * @param imageBytes of all its layers
 * @param trained with the AOT cache
 * @param plain the same image without it
 */
public record ImageFigures(String service, long imageBytes, Start trained, Start plain) {

    private static final Duration MOST_READY = Duration.ofMillis(1_500);
    private static final long MOST_RESIDENT = 200L << 20;
    private static final double MIB = 1 << 20;

    /**
     * One start.
     *
     * @param ready from the container's start to the first 200 of its readiness
     * @param resident bytes in memory then
     */
    public record Start(Duration ready, long resident) {}

    /** For whoever waits for the others. */
    String shortly() {
        return String.format(
                Locale.ROOT,
                "ready after %.2f s and %.0f MiB with its cache, %.2f s and %.0f MiB without",
                trained.ready.toMillis() / 1000.0,
                trained.resident / MIB,
                plain.ready.toMillis() / 1000.0,
                plain.resident / MIB);
    }

    /** The table and the targets, for people. */
    public static List<String> lines(List<ImageFigures> all) {
        List<String> lines = new ArrayList<>();
        lines.add(String.format(
                Locale.ROOT,
                "%-24s %10s %16s %16s %18s %18s",
                "image",
                "MiB",
                "ready s, cache",
                "ready s, none",
                "resident, cache",
                "resident, none"));
        for (ImageFigures one : all) {
            lines.add(String.format(
                    Locale.ROOT,
                    "%-24s %10.0f %16.2f %16.2f %18.0f %18.0f",
                    one.service,
                    one.imageBytes / MIB,
                    one.trained.ready.toMillis() / 1000.0,
                    one.plain.ready.toMillis() / 1000.0,
                    one.trained.resident / MIB,
                    one.plain.resident / MIB));
        }
        lines.add("");
        targets(all)
                .forEach(target -> lines.add(
                        "  " + (target.met() ? "met     " : "MISSED  ") + target.what() + ": " + target.measured()));
        return lines;
    }

    static List<Target> targets(List<ImageFigures> all) {
        List<Target> targets = new ArrayList<>();
        for (ImageFigures one : all) {
            targets.add(new Target(
                    one.service + " ready within 1.5 s with its cache",
                    String.format(Locale.ROOT, "%.2f s", one.trained.ready.toMillis() / 1000.0),
                    one.trained.ready.compareTo(MOST_READY) < 0));
            targets.add(new Target(
                    one.service + " below 200 MiB resident then",
                    String.format(Locale.ROOT, "%.0f MiB", one.trained.resident / MIB),
                    one.trained.resident < MOST_RESIDENT));
        }
        return targets;
    }
}

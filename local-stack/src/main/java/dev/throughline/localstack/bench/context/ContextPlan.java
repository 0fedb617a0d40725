package dev.throughline.localstack.bench.context;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/**
 * How much is measured.
 *
 * @param events folded from Kafka
 * @param leads they belong to
 * @param longHistory events of the lead with many
 * @param streamed how long events are published while clients listen
 * @param rate events a second meanwhile
 * @param clients idle ones whose memory is measured
 * @param reads of each context
 * @param parts what is measured
 */
public record ContextPlan(
        int events, int leads, int longHistory, Duration streamed, int rate, int clients, int reads, Set<Part> parts) {

    /** What can be measured by itself. */
    public enum Part {
        FOLD,
        REBUILD,
        READ,
        STREAM,
        CLIENTS;

        /** As people write it, and {@code --only} takes it. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The whole of it, some three minutes. */
    public static ContextPlan full() {
        return new ContextPlan(
                60_000, 1_500, 10_000, Duration.ofSeconds(10), 200, 2_000, 1_000, EnumSet.allOf(Part.class));
    }

    /** The same in little, to see that it runs. */
    public static ContextPlan quick() {
        return new ContextPlan(6_000, 150, 1_000, Duration.ofSeconds(3), 100, 200, 200, EnumSet.allOf(Part.class));
    }

    /** The same with these parts only. */
    public ContextPlan only(Set<Part> wanted) {
        return new ContextPlan(events, leads, longHistory, streamed, rate, clients, reads, wanted);
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}

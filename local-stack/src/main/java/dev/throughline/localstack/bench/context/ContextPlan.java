package dev.throughline.localstack.bench.context;

import java.time.Duration;

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
 */
public record ContextPlan(int events, int leads, int longHistory, Duration streamed, int rate, int clients, int reads) {

    /** The whole of it, some three minutes. */
    public static ContextPlan full() {
        return new ContextPlan(60_000, 1_500, 10_000, Duration.ofSeconds(10), 200, 2_000, 1_000);
    }

    /** The same in little, to see that it runs. */
    public static ContextPlan quick() {
        return new ContextPlan(6_000, 150, 1_000, Duration.ofSeconds(3), 100, 200, 200);
    }
}

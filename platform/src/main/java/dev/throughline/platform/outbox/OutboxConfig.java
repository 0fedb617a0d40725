package dev.throughline.platform.outbox;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the relay works. */
@ConfigMapping(prefix = "throughline.outbox")
public interface OutboxConfig {

    /** Records per round; raising it lengthens the transaction that deletes them. */
    @WithDefault("500")
    int batch();

    /** How often to look without being woken, for a notification that was lost. */
    @WithDefault("2s")
    Duration poll();

    /**
     * The least time from the beginning of one round to that of the next. The first event after a pause leaves at once; under load, raising
     * it makes fewer and larger batches for Kafka, and delays events by as much.
     */
    @WithDefault("20ms")
    Duration pace();

    /** How long one round may wait for Kafka; then it is given up and begun again. */
    @WithDefault("20s")
    Duration publishTimeout();

    /** The longest pause between rounds while Kafka or the database is away. */
    @WithDefault("5s")
    Duration maxBackoff();
}

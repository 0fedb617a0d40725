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

    /** How long one round may wait for Kafka; then it is given up and begun again. */
    @WithDefault("20s")
    Duration publishTimeout();

    /** The longest pause between rounds while Kafka or the database is away. */
    @WithDefault("5s")
    Duration maxBackoff();
}

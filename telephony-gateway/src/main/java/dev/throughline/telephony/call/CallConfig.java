package dev.throughline.telephony.call;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a call waits for what is written about it. */
@ConfigMapping(prefix = "throughline.telephony.call")
public interface CallConfig {

    /** How long the database may take before the event goes straight to Kafka; a caller listens to ringing meanwhile. */
    @WithDefault("1s")
    Duration databaseWait();

    /** How long Kafka may take when it stands in for the database; with {@link #databaseWait()} well under Twilio's 15 s. */
    @WithDefault("2s")
    Duration kafkaWait();
}

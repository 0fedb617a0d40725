package dev.throughline.mediabridge.opening;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long a conversation waits for what is known. */
@ConfigMapping(prefix = "throughline.bridge")
public interface OpeningConfig {

    /** How long the agent waits for the lead's history; what comes later is told in mid-call. */
    @WithDefault("300ms")
    Duration contextWait();
}

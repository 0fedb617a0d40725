package dev.throughline.context.postcall;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How webhooks about conversations are taken. */
@ConfigMapping(prefix = "throughline.post-call")
public interface PostCallConfig {

    /** When a webhook that matched nobody is looked at again; every later look waits as long again as it is old. */
    @WithDefault("15s")
    Duration rematchAfter();

    /** Age from which on it is not looked at any more. */
    @WithDefault("24h")
    Duration rematchFor();
}

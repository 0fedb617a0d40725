package dev.throughline.context.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the streams behave. */
@ConfigMapping(prefix = "throughline.stream")
public interface StreamConfig {

    /** How often a comment keeps the line open; must stay below the idle timeouts on the way. */
    @WithDefault("15s")
    Duration heartbeat();

    /** How long a client may leave what was sent unread before it is dropped; it resumes where it was. */
    @WithDefault("30s")
    Duration stalled();

    /** What a client is told to wait before it connects again. */
    @WithDefault("1s")
    Duration retry();

    /** Most clients of one replica; one more is answered 503 and goes to another. Each costs some 30 kB. */
    @WithDefault("20000")
    int clients();

    /** Most events in memory per client; the rest waits in the log. */
    @WithDefault("64")
    int buffer();
}

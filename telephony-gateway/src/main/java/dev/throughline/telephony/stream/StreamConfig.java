package dev.throughline.telephony.stream;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits of a call's stream. */
@ConfigMapping(prefix = "throughline.telephony.stream")
public interface StreamConfig {

    /** The path of the media socket under the public address; the opening token follows as one more segment. */
    @WithDefault("/media-stream")
    String socketPath();

    /** How often a call whose bridge vanished is brought to another one; raising it lets a broken bridge ring on for longer. */
    @WithDefault("1")
    int maxResumes();

    /**
     * How long to wait for the bridge's word after Twilio said that the stream has ended; the two requests race. Raising it keeps a
     * caller whose bridge died in silence for longer.
     */
    @WithDefault("300ms")
    Duration outcomeGrace();

    /** How often in a row a tenant's agent must have been unreachable before callers are spared the attempt. */
    @WithDefault("2")
    int outageFailures();

    /** How long after the last such failure callers are spared; raising it keeps them from an agent that is back. */
    @WithDefault("30s")
    Duration outageWindow();
}

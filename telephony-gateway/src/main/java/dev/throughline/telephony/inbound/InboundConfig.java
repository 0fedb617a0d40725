package dev.throughline.telephony.inbound;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on calls in. */
@ConfigMapping(prefix = "throughline.telephony.inbound")
public interface InboundConfig {

    /** Calls one caller may make to one number in a minute; more hear the busy tone. Callers without a number share one allowance. */
    @WithDefault("30")
    int callsPerMinute();

    /** Callers whose allowance is remembered; past it the least recent are forgotten, and so start afresh. */
    @WithDefault("50000")
    int rememberedCallers();

    /** How long ElevenLabs may take to take over a call; then it goes by the bridge. A caller listens to ringing meanwhile. */
    @WithDefault("3s")
    Duration registerWait();
}

package dev.throughline.tools.handover;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where hand-overs are asked for. */
@ConfigMapping(prefix = "throughline.hand-over")
public interface HandOverConfig {

    /** Internal base URL of telephony-gateway; {@code TELEPHONY_GATEWAY_URL}. Absent: no call is ever handed over by the agent. */
    Optional<String> telephonyUrl();

    /** How long asking may take; the caller waits in silence meanwhile. */
    @WithDefault("2s")
    Duration timeout();
}

package dev.throughline.mediabridge.gateway;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where telephony-gateway is and how long it may take. */
@ConfigMapping(prefix = "throughline.bridge")
public interface GatewayConfig {

    /** Internal base URL of telephony-gateway; {@code TELEPHONY_GATEWAY_URL}. Absent: nobody is told how a stream ended. */
    Optional<String> telephonyUrl();

    /** How long telling the outcome may take; the caller hears silence meanwhile. */
    @WithDefault("500ms")
    Duration outcomeTimeout();

    /** How long a briefing may take; the agent begins without it after that. */
    @WithDefault("300ms")
    Duration briefingTimeout();
}

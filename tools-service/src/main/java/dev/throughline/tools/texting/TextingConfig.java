package dev.throughline.tools.texting;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Optional;

/** Where texts are asked for. */
@ConfigMapping(prefix = "throughline.texting")
public interface TextingConfig {

    /** Internal base URL of sms-service; {@code SMS_SERVICE_URL}. Absent: the agent never sends a text. */
    Optional<String> smsUrl();

    /** How long asking may take; the caller waits in silence meanwhile. */
    @WithDefault("2s")
    Duration timeout();
}

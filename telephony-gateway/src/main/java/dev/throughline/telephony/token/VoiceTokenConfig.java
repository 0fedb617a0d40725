package dev.throughline.telephony.token;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** The life of browsers' voice tokens. */
@ConfigMapping(prefix = "throughline.telephony.token")
public interface VoiceTokenConfig {

    /**
     * How long a token is good, 24 h at most (Twilio, error 20104). A token cannot be revoked: raising it lets a browser call for longer
     * after its operator has left; lowering it makes browsers ask more often.
     */
    @WithDefault("1h")
    Duration life();
}

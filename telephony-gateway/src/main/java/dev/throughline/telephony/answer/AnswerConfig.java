package dev.throughline.telephony.answer;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the business is rung and messages are taken. */
@ConfigMapping(prefix = "throughline.telephony.answer")
public interface AnswerConfig {

    /** How long the business's phone rings before the caller may leave a message. */
    @WithDefault("25s")
    Duration ringing();

    /** The longest voice message; the recording stops there. */
    @WithDefault("2m")
    Duration longestMessage();
}

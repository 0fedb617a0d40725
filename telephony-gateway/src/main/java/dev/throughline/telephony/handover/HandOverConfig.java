package dev.throughline.telephony.handover;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How humans are rung. */
@ConfigMapping(prefix = "throughline.telephony.handover")
public interface HandOverConfig {

    /** How long one human's phone rings; raising it makes a caller wait longer for the next one. */
    @WithDefault("25s")
    Duration ringing();

    /** How many humans are rung for one hand-over at most. */
    @WithDefault("3")
    int humans();

    /** How long a human may think after the brief, which is said twice. */
    @WithDefault("8s")
    Duration key();

    /** From the first ring to the key, everything included; past it the human is taken for one who does not answer. */
    @WithDefault("90s")
    Duration answer();

    /** How long each of the two may take into the room, and the caller back to the agent. */
    @WithDefault("15s")
    Duration move();
}

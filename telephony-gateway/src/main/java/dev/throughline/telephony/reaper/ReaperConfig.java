package dev.throughline.telephony.reaper;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How calls without an end are looked for. */
@ConfigMapping(prefix = "throughline.telephony.reaper")
public interface ReaperConfig {

    /** How often to look; also the longest delay of everything below. */
    @WithDefault("5s")
    Duration every();

    /** How old a call is when Twilio is first asked about it. Raising it shows calls as live for longer whose callback was lost. */
    @WithDefault("10m")
    Duration firstAsk();

    /** The longest pause between two questions about one call; they begin {@link #firstAsk} apart and double. */
    @WithDefault("1h")
    Duration longestPause();

    /** How old a call is that has no callbacks at all when Twilio is first asked, and the pause between two questions. */
    @WithDefault("30s")
    Duration nativePause();

    /** The age at which a call has ended whatever Twilio says: none lasts longer than a day (Twilio, <i>Call resource</i>, TimeLimit). */
    @WithDefault("25h")
    Duration giveUp();

    /** Calls asked about in one round. */
    @WithDefault("100")
    int batch();
}

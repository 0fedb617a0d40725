package dev.throughline.telephony.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Limits on fetching recordings. */
@ConfigMapping(prefix = "throughline.telephony.recording")
public interface RecordingConfig {

    /** How long one fetch may take altogether; raising it lets slow listeners hold connections to Twilio. */
    @WithDefault("60s")
    Duration timeout();

    /** The largest recording in bytes; a longer one breaks off there. Two minutes of 8 kHz WAV are under 2 MiB. */
    @WithDefault("16777216")
    long mostBytes();
}

package dev.throughline.sms.media;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Bounds of what is passed through from Twilio. */
@ConfigMapping(prefix = "throughline.sms.media")
interface MediaConfig {

    /** The largest file in bytes; an MMS carries 5 MB at most (Twilio, <em>Accepted content types for media</em>). */
    @WithDefault("16777216")
    long maxBytes();

    /** Files at once; as many more wait. */
    @WithDefault("8")
    int maxConcurrent();
}

package dev.throughline.telephony.signedurl;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Limits of signed conversation URLs. */
@ConfigMapping(prefix = "throughline.telephony.signed-url")
public interface SignedUrlConfig {

    /** URLs one lead's browser may ask for in a minute: each opens a conversation that costs. */
    @WithDefault("6")
    int perMinute();

    /** Leads whose allowance is remembered; past it the least recent are forgotten, and so start afresh. */
    @WithDefault("20000")
    int remembered();
}

package dev.throughline.context.postcall;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How webhooks about conversations are taken. */
@ConfigMapping(prefix = "throughline.post-call")
public interface PostCallConfig {

    /** The longest webhook; longer ones are answered 413. An hour of speech as MP3 in base64 is some 40 MB. */
    @WithDefault("96M")
    MemorySize maxBody();

    /** Characters of a webhook without its recording; they are in memory while it is read. */
    @WithDefault("8M")
    MemorySize maxTranscript();

    /** What is longer is spooled to disk while it comes. */
    @WithDefault("256K")
    MemorySize maxInMemory();

    /** How often to look for conversations of which no webhook told. */
    @WithDefault("60s")
    Duration pollEvery();

    /** How long a webhook may take before a conversation is asked for; its repeats come within 40 minutes, but first within seconds. */
    @WithDefault("10m")
    Duration pollAfter();

    /** How far back the first look goes. */
    @WithDefault("24h")
    Duration pollBack();

    /** For how long a conversation that is not over yet is asked for again. */
    @WithDefault("12h")
    Duration pollFor();

    /** When a webhook that matched nobody is looked at again; every later look waits as long again as it is old. */
    @WithDefault("15s")
    Duration rematchAfter();

    /** Age from which on it is not looked at any more. */
    @WithDefault("24h")
    Duration rematchFor();
}

package dev.throughline.platform.elevenlabs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The ElevenLabs workspace. Filled from {@code ELEVENLABS_*} of the environment by the shared defaults. */
@ConfigMapping(prefix = "throughline.elevenlabs")
public interface ElevenLabsConfig {

    /** Authenticates REST requests; absent: no agent can answer. Never printed. */
    Optional<String> apiKey();

    /** The agent of tenants that name none. */
    Optional<String> agentId();

    /** The voice of tenants that name none. */
    Optional<String> voiceId();

    /** Signs webhooks ({@code wsec_…}); two during a rotation, separated by a comma. Never printed. */
    Optional<List<String>> webhookSecret();

    /**
     * A file with more of them, one a line, looked at again every second: so a secret that was made while the services run is known
     * without a restart, and one that is mounted can be changed. Never printed.
     */
    Optional<String> webhookSecretFile();

    /** Other names of the signature header, looked at only when the canonical one is absent. Off by default. */
    Optional<List<String>> signatureHeaderAliases();

    /** How old, or how far in the future, a signature may be; raising it widens the window for replays. */
    @WithDefault("30m")
    Duration signatureTolerance();

    /** Where the REST API is; sockets come from the signed URL it gives. */
    @WithDefault("https://api.elevenlabs.io")
    String apiBaseUrl();

    /** How long one REST request may take. */
    @WithDefault("5s")
    Duration requestTimeout();

    /** How long a signed URL may take with its retries; a caller is listening to silence meanwhile. */
    @WithDefault("3s")
    Duration signedUrlTimeout();

    /** How long reading something may take with its retries, where no caller waits in silence. */
    @WithDefault("8s")
    Duration readTimeout();

    /** How long ElevenLabs may take to make a call; after it nobody knows whether it did, and it is looked up. */
    @WithDefault("15s")
    Duration outboundCallTimeout();

    /** How long the agent's socket may take to open. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** The largest webhook body in bytes; larger ones are answered 413. Post-call audio needs more than a transcript. */
    @WithDefault("8388608")
    int maxBodyBytes();

    /**
     * Messages waiting to be written to one agent socket; past it the oldest audio goes. 150 frames are 3 s of speech: the two seconds that
     * waited for the agent go out at once and must leave room for what comes meanwhile.
     */
    @WithDefault("150")
    int socketQueueMessages();
}

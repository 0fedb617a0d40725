package dev.throughline.platform.twilio;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The Twilio account. Filled from {@code TWILIO_*} of the environment by the shared defaults. */
@ConfigMapping(prefix = "throughline.twilio")
public interface TwilioConfig {

    /** {@code AC…}; needed for REST requests. */
    Optional<String> accountSid();

    /** Signs webhooks, and authenticates REST requests when there is no API key. Never printed. */
    Optional<String> authToken();

    /** A second token whose signatures are accepted while the first is replaced; {@code TWILIO_AUTH_TOKEN_ALSO}. */
    Optional<String> authTokenAlso();

    /** {@code SK…}; preferred over the auth token for REST requests, needed for browser tokens. */
    Optional<String> apiKey();

    /** The secret of {@link #apiKey()}. Never printed. */
    Optional<String> apiSecret();

    /** {@code AP…}: the TwiML application that browser calls reach. */
    Optional<String> twimlAppSid();

    /** The number used where a tenant names none, E.164. */
    Optional<String> phoneNumber();

    /** Where the REST API is; a stand-in or a region changes it. */
    @WithDefault("https://api.twilio.com")
    String apiBaseUrl();

    /** How long a connection may take; raising it delays the moment a send is known to have failed. */
    @WithDefault("3s")
    Duration connectTimeout();

    /** How long one REST request may take altogether; after it the outcome of a send is unclear. */
    @WithDefault("10s")
    Duration readTimeout();

    /** REST requests at once; more wait. Twilio's own advice is to stay under its per-account limits. */
    @WithDefault("32")
    int maxConcurrentRequests();

    /** The largest webhook form in bytes; larger ones are answered 413. A text of 1,600 characters is under 20 kB encoded. */
    @WithDefault("65536")
    int maxFormBytes();

    /** Paths whose WebSocket upgrade must carry a signature. */
    Optional<List<String>> signedSocketPaths();
}

package dev.throughline.localstack.settings;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;

/**
 * Everything a command needs to know before it does anything.
 *
 * @param environment the merged environment
 * @param directories where things lie
 * @param port the front's port, 8080 unless {@code PORT} says otherwise
 * @param twilio who answers for Twilio
 * @param elevenLabs who answers for ElevenLabs
 */
public record Settings(
        Environment environment, Directories directories, int port, Provider.Mode twilio, Provider.Mode elevenLabs) {

    /** What the stand-ins sign where nobody says otherwise: a public https address, as in production, that leads nowhere. */
    static final String STAND_IN_BASE_URL = "https://throughline.example";

    /**
     * Reads the settings of the project at {@code root}.
     *
     * @throws SettingsException when a value is malformed
     * @throws IOException when {@code .env} cannot be read
     */
    public static Settings read(Path root, Map<String, String> process) throws IOException {
        return of(root, Environment.read(root.resolve(".env"), process));
    }

    /** The settings of the project at {@code root} with this environment and no other. */
    public static Settings of(Path root, Environment environment) {
        return new Settings(
                environment,
                Directories.of(root, environment),
                environment.port("PORT").orElse(8080),
                Provider.TWILIO.mode(environment),
                Provider.ELEVENLABS.mode(environment));
    }

    /** Whether our Twilio stand-in runs; the demo tenant and the simulated customer need it. */
    public boolean standInForTwilio() {
        return twilio instanceof Provider.Mode.StandIn;
    }

    /** Whether our ElevenLabs stand-in runs. */
    public boolean standInForElevenLabs() {
        return elevenLabs instanceof Provider.Mode.StandIn;
    }

    /** Where the secret of ElevenLabs' webhook is kept, once one was made; the services look at it again and again. */
    public Path webhookSecretFile() {
        return environment
                .get("ELEVENLABS_WEBHOOK_SECRET_FILE")
                .map(Path::of)
                .orElseGet(() -> directories.home().resolve("webhook-secret"))
                .toAbsolutePath();
    }

    /**
     * The public address of the suite, without a slash at the end: what the providers sign and open streams to. With a stand-in and
     * nothing given it is an address that exists only in signatures; with doubles it is the front itself.
     *
     * @throws SettingsException when a real provider has to reach us and no address is given, or the address is not http(s)
     */
    public String appBaseUrl() {
        String given = environment
                .get("APP_BASE_URL")
                .or(() -> environment.get("WEBHOOK_BASE_URL"))
                .orElseGet(this::defaultBaseUrl);
        String trimmed = given.replaceAll("/+$", "");
        URI uri;
        try {
            uri = URI.create(trimmed);
        } catch (IllegalArgumentException e) {
            throw new SettingsException("APP_BASE_URL is not a URL: \"" + given + "\".", e);
        }
        boolean web = "https".equals(uri.getScheme()) || "http".equals(uri.getScheme());
        if (!web || uri.getHost() == null || uri.getRawQuery() != null) {
            throw new SettingsException(
                    "APP_BASE_URL must look like https://voice.example.test, not \"" + given + "\".");
        }
        return trimmed;
    }

    private String defaultBaseUrl() {
        if (twilio instanceof Provider.Mode.Real || elevenLabs instanceof Provider.Mode.Real) {
            throw new SettingsException(
                    "APP_BASE_URL is missing: with real credentials the provider has to reach this machine; set it"
                            + " to the public https address (of a tunnel, say) that leads to port " + port + ".");
        }
        return standInForTwilio() ? STAND_IN_BASE_URL : "http://localhost:" + port;
    }
}

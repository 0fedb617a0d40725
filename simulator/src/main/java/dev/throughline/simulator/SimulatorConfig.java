package dev.throughline.simulator;

import dev.throughline.simulator.wire.PublicRoute;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * What the stand-ins are told when they start.
 *
 * @param twilioPort port of the Twilio stand-in; empty starts none, 0 takes a free one
 * @param elevenLabsPort port of the ElevenLabs stand-in; empty starts none, 0 takes a free one
 * @param stateDir directory of what must survive a restart (numbers, agents, tools, secrets); created when missing
 * @param route how the signed public URLs are reached from here
 * @param twilioAccountSid {@code AC…}, the only account the Twilio stand-in knows
 * @param twilioAuthToken the account's token: Basic auth password and signing key
 * @param twilioApiKey {@code SK…} accepted beside the account's own credentials; null when none
 * @param twilioApiSecret password of {@code twilioApiKey}
 * @param elevenLabsApiKey value expected in {@code xi-api-key}
 * @param elevenLabsPublicUrl the ElevenLabs stand-in's own public address, which Twilio is given and signs; no slash at the end
 * @param twilioApi where the ElevenLabs stand-in finds Twilio's REST; null is the Twilio stand-in of this process
 */
public record SimulatorConfig(
        OptionalInt twilioPort,
        OptionalInt elevenLabsPort,
        Path stateDir,
        PublicRoute route,
        String twilioAccountSid,
        String twilioAuthToken,
        @Nullable String twilioApiKey,
        @Nullable String twilioApiSecret,
        String elevenLabsApiKey,
        String elevenLabsPublicUrl,
        @Nullable String twilioApi) {

    /** The ElevenLabs stand-in's public address when none is configured. */
    public static final String DEFAULT_ELEVENLABS_URL = "https://elevenlabs.test";

    /** A configuration with the defaults of what only native calls need. */
    public SimulatorConfig(
            OptionalInt twilioPort,
            OptionalInt elevenLabsPort,
            Path stateDir,
            PublicRoute route,
            String twilioAccountSid,
            String twilioAuthToken,
            @Nullable String twilioApiKey,
            @Nullable String twilioApiSecret,
            String elevenLabsApiKey) {
        this(
                twilioPort,
                elevenLabsPort,
                stateDir,
                route,
                twilioAccountSid,
                twilioAuthToken,
                twilioApiKey,
                twilioApiSecret,
                elevenLabsApiKey,
                DEFAULT_ELEVENLABS_URL,
                null);
    }

    /**
     * Reads the environment. Throws {@link IllegalArgumentException} with a sentence that names the variable and the cure when
     * one is missing or malformed.
     */
    public static SimulatorConfig from(Map<String, String> environment) {
        OptionalInt twilioPort = port(environment, "SIM_TWILIO_PORT");
        OptionalInt elevenLabsPort = port(environment, "SIM_ELEVENLABS_PORT");
        if (twilioPort.isEmpty() && elevenLabsPort.isEmpty()) {
            throw new IllegalArgumentException("Nothing to start: set SIM_TWILIO_PORT, SIM_ELEVENLABS_PORT or both.");
        }
        return new SimulatorConfig(
                twilioPort,
                elevenLabsPort,
                Path.of(environment.getOrDefault("SIM_STATE_DIR", "target/simulator-state")),
                PublicRoute.of(environment.get("SIM_PUBLIC_BASE_URL"), environment.get("SIM_CONNECT_TO")),
                required(environment, "TWILIO_ACCOUNT_SID", twilioPort.isPresent(), "AC and 32 hex digits"),
                required(
                        environment, "TWILIO_AUTH_TOKEN", twilioPort.isPresent(), "the token webhooks are signed with"),
                blankToNull(environment.get("TWILIO_API_KEY")),
                blankToNull(environment.get("TWILIO_API_SECRET")),
                required(environment, "ELEVENLABS_API_KEY", elevenLabsPort.isPresent(), "the key clients send"),
                publicUrl(environment),
                twilioApi(environment, twilioPort));
    }

    /** The same with URLs under the ElevenLabs stand-in's public address dialled at {@code port} of this machine. */
    public SimulatorConfig reachingElevenLabsAt(int port) {
        return new SimulatorConfig(
                twilioPort,
                elevenLabsPort,
                stateDir,
                route.and(elevenLabsPublicUrl, "http://127.0.0.1:" + port),
                twilioAccountSid,
                twilioAuthToken,
                twilioApiKey,
                twilioApiSecret,
                elevenLabsApiKey,
                elevenLabsPublicUrl,
                twilioApi);
    }

    private static String publicUrl(Map<String, String> environment) {
        String value = blankToNull(environment.get("SIM_ELEVENLABS_PUBLIC_URL"));
        if (value == null) {
            return DEFAULT_ELEVENLABS_URL;
        }
        if (!value.matches("https://[^/?#\\s]+/?")) {
            throw new IllegalArgumentException(
                    "SIM_ELEVENLABS_PUBLIC_URL must be https and a host, such as " + DEFAULT_ELEVENLABS_URL + ".");
        }
        return value.replaceAll("/$", "");
    }

    private static @Nullable String twilioApi(Map<String, String> environment, OptionalInt twilioPort) {
        String value = blankToNull(environment.get("SIM_TWILIO_API"));
        if (value != null && !value.matches("https?://[^/?#\\s]+/?")) {
            throw new IllegalArgumentException("SIM_TWILIO_API must be http or https and a host.");
        }
        if (value != null) {
            return value.replaceAll("/$", "");
        }
        return twilioPort.isPresent() && twilioPort.getAsInt() > 0 ? "http://127.0.0.1:" + twilioPort.getAsInt() : null;
    }

    private static OptionalInt port(Map<String, String> environment, String name) {
        String value = blankToNull(environment.get(name));
        if (value == null) {
            return OptionalInt.empty();
        }
        if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
            throw new IllegalArgumentException(name + " must be a port number from 0 to 65535.");
        }
        return OptionalInt.of(Integer.parseInt(value));
    }

    private static String required(Map<String, String> environment, String name, boolean needed, String meaning) {
        String value = blankToNull(environment.get(name));
        if (value == null && needed) {
            throw new IllegalArgumentException(name + " is missing: set it to " + meaning + ".");
        }
        return value == null ? "" : value;
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value.strip();
    }
}

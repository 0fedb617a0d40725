package dev.throughline.platform.config;

import dev.throughline.platform.twilio.PublicUrl;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Names every missing or malformed environment variable with its cure, before anything starts. Pure. A variable that is given is checked
 * even where it is not required; values are never repeated in a message.
 */
public final class StartupChecks {

    private static final Map<String, String> PURPOSE = Map.ofEntries(
            Map.entry("KAFKA_BOOTSTRAP_SERVERS", "set it to the brokers, e.g. localhost:9092"),
            Map.entry(
                    "DATABASE_URL",
                    "set it to this service's database, e.g. postgresql://user:password@localhost:5432/sms"),
            Map.entry(
                    "APP_BASE_URL",
                    "set it (or WEBHOOK_BASE_URL) to the public address providers call, e.g. https://voice.example.com"),
            Map.entry("TWILIO_ACCOUNT_SID", "set it to the account's SID (AC...) from the Twilio console"),
            Map.entry("TWILIO_AUTH_TOKEN", "set it to the account's primary auth token from the Twilio console"),
            Map.entry(
                    "ELEVENLABS_WEBHOOK_SECRET",
                    "set it to the secret (wsec_...) shown when the workspace webhook was created"),
            Map.entry(
                    "JWT_PUBLIC_KEY_LOCATION",
                    "set it to the PEM file that verifies operator tokens, e.g. file:/etc/throughline/jwt.pem"),
            Map.entry(
                    "INTERNAL_SECRET",
                    "set it to the secret all services share, at least 32 characters, e.g. from: openssl rand -hex 32"),
            Map.entry(
                    "CONVERSATION_CONTEXT_URL",
                    "set it to the internal address of conversation-context, e.g. http://localhost:8085"),
            Map.entry(
                    "TELEPHONY_GATEWAY_URL",
                    "set it to the internal address of telephony-gateway, e.g. http://localhost:8081"),
            Map.entry("SMS_SERVICE_URL", "set it to the internal address of sms-service, e.g. http://localhost:8083"));

    private StartupChecks() {}

    /**
     * Looks at the environment.
     *
     * @param required names that must be there, in the order to report them
     * @return one readable line per problem; empty when the service may start
     */
    public static List<String> problems(Map<String, String> environment, List<String> required) {
        Set<String> names = new LinkedHashSet<>(required);
        names.addAll(PURPOSE.keySet().stream()
                .filter(environment::containsKey)
                .sorted()
                .toList());
        List<String> problems = new ArrayList<>();
        for (String name : names) {
            String value = value(environment, name);
            if (value.isBlank()) {
                if (required.contains(name)) {
                    problems.add(
                            name + " is not set: " + PURPOSE.getOrDefault(name, "this service cannot run without it"));
                }
            } else {
                malformed(name, value).ifPresent(problem -> problems.add(name + " " + problem));
            }
        }
        return problems;
    }

    private static String value(Map<String, String> environment, String name) {
        String value = environment.getOrDefault(name, "");
        return value.isBlank() && name.equals("APP_BASE_URL")
                ? environment.getOrDefault("WEBHOOK_BASE_URL", "")
                : value;
    }

    private static Optional<String> malformed(String name, String value) {
        return switch (name) {
            case "APP_BASE_URL" -> PublicUrl.problemWith(value);
            case "DATABASE_URL" -> DatabaseUrl.problemWith(value);
            case "KAFKA_BOOTSTRAP_SERVERS" ->
                when(
                        !value.matches("[^\\s,:]+:\\d{1,5}(,\\s*[^\\s,:]+:\\d{1,5})*"),
                        "must be host:port, several separated by commas");
            case "TWILIO_ACCOUNT_SID" ->
                when(!value.matches("AC[0-9a-fA-F]{32}"), "must be AC followed by 32 hex digits");
            case "INTERNAL_SECRET" ->
                when(value.getBytes(StandardCharsets.UTF_8).length < 32, "must have at least 32 characters");
            case "JWT_PUBLIC_KEY_LOCATION" -> unreadableFile(value);
            case "CONVERSATION_CONTEXT_URL", "TELEPHONY_GATEWAY_URL", "SMS_SERVICE_URL" ->
                when(!value.matches("https?://[^\\s/]+.*"), "must be an http:// or https:// URL");
            default -> Optional.empty();
        };
    }

    private static Optional<String> when(boolean wrong, String problem) {
        return wrong ? Optional.of(problem) : Optional.empty();
    }

    private static Optional<String> unreadableFile(String location) {
        if (location.startsWith("http")) {
            return Optional.empty();
        }
        try {
            Path file = Path.of(location.startsWith("file:") ? location.substring("file:".length()) : location);
            return when(!Files.isReadable(file), "names a file that cannot be read");
        } catch (InvalidPathException e) {
            return Optional.of("is not a path: use the form file:/etc/throughline/jwt.pem");
        }
    }
}

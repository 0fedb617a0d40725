package dev.throughline.localstack.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Variables of the process over those of a {@code .env} file: what is set in the shell wins, a blank value counts as not set.
 *
 * @param variables name to value, never null, unmodifiable
 */
public record Environment(Map<String, String> variables) {

    public Environment {
        variables = Map.copyOf(variables);
    }

    /**
     * Reads {@code dotEnv} if it exists and lays {@code process} over it.
     *
     * @throws IOException when the file exists and cannot be read
     */
    public static Environment read(Path dotEnv, Map<String, String> process) throws IOException {
        Map<String, String> merged = new LinkedHashMap<>();
        if (Files.isRegularFile(dotEnv)) {
            merged.putAll(parse(Files.readString(dotEnv)));
        }
        process.forEach((name, value) -> {
            if (!value.isBlank() || !merged.containsKey(name)) {
                merged.put(name, value);
            }
        });
        return new Environment(merged);
    }

    /**
     * {@code KEY=VALUE} lines. Blank lines and lines that start with {@code #} are skipped, a leading {@code export } is allowed,
     * and one pair of quotes around the whole value is taken off. No expansion of {@code $}.
     */
    static Map<String, String> parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String raw : text.lines().toList()) {
            String line = raw.strip();
            if (line.startsWith("export ")) {
                line = line.substring("export ".length()).strip();
            }
            int equals = line.indexOf('=');
            if (line.startsWith("#") || equals < 1) {
                continue;
            }
            values.put(
                    line.substring(0, equals).strip(),
                    unquoted(line.substring(equals + 1).strip()));
        }
        return values;
    }

    /** The value of {@code name}; empty when it is missing or blank. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(variables.get(name)).map(String::strip).filter(value -> !value.isEmpty());
    }

    /**
     * The port in {@code name}; empty when it is missing.
     *
     * @throws SettingsException when it is not a number from 1 to 65535
     */
    public Optional<Integer> port(String name) {
        return get(name).map(value -> {
            try {
                int port = Integer.parseInt(value);
                if (port >= 1 && port <= 65_535) {
                    return port;
                }
            } catch (NumberFormatException e) {
                throw new SettingsException(name + " must be a port number from 1 to 65535, not \"" + value + "\".", e);
            }
            throw new SettingsException(name + " must be a port number from 1 to 65535, not \"" + value + "\".");
        });
    }

    private static String unquoted(String value) {
        if (value.length() >= 2) {
            char first = value.charAt(0);
            if ((first == '"' || first == '\'') && value.charAt(value.length() - 1) == first) {
                return value.substring(1, value.length() - 1);
            }
        }
        int comment = value.indexOf(" #");
        return comment < 0 ? value : value.substring(0, comment).strip();
    }
}

package dev.throughline.simulator.elevenlabs.brain;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A scripted agent as read from {@code scripts/agent/<name>.json}; the language is described in the module's README. Immutable. */
public final class Script {

    private static final String DEFAULT_NAME = "receptionist";
    private static final Pattern GROUP = Pattern.compile("\\(\\?<([a-zA-Z][a-zA-Z0-9]*)>");

    private final JsonObject source;
    private final List<Rule> rules = new ArrayList<>();
    private final List<Rule> memories = new ArrayList<>();

    /**
     * A rule.
     *
     * @param pattern found anywhere in the text, whatever its case
     * @param groups names of the pattern's groups
     * @param source the rule as written
     */
    record Rule(Pattern pattern, List<String> groups, JsonObject source) {

        static Rule of(JsonObject source, String key) {
            String regex = source.getString(key);
            List<String> groups = new ArrayList<>();
            Matcher group = GROUP.matcher(regex);
            while (group.find()) {
                groups.add(group.group(1));
            }
            return new Rule(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE), groups, source);
        }

        Map<String, String> values(Matcher found) {
            Map<String, String> values = new HashMap<>();
            for (String group : groups) {
                Optional.ofNullable(found.group(group)).ifPresent(value -> values.put(group, value.strip()));
            }
            return values;
        }
    }

    private Script(JsonObject source) {
        this.source = source;
        array("rules").forEach(rule -> rules.add(Rule.of((JsonObject) rule, "hear")));
        array("remember").forEach(memory -> memories.add(Rule.of((JsonObject) memory, "match")));
    }

    /**
     * The script for an agent: the one whose name is among {@code tags} as {@code script:<name>} or stands in the agent's name,
     * else the receptionist.
     */
    public static Script forAgent(String agentName, Set<String> tags) {
        for (String tag : tags) {
            if (tag.startsWith("script:")) {
                return named(tag.substring("script:".length())).orElseGet(Script::receptionist);
            }
        }
        return agentName.matches("[a-z0-9-]+") ? named(agentName).orElseGet(Script::receptionist) : receptionist();
    }

    /** The shipped receptionist. */
    public static Script receptionist() {
        return named(DEFAULT_NAME).orElseThrow();
    }

    /** The script {@code name}, or empty when none of that name is shipped. */
    static Optional<Script> named(String name) {
        if (!name.matches("[a-z0-9-]+")) {
            return Optional.empty();
        }
        try (InputStream in = Script.class.getResourceAsStream("/scripts/agent/" + name + ".json")) {
            return in == null
                    ? Optional.empty()
                    : Optional.of(new Script(
                            new JsonObject(new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8))));
        } catch (IOException failure) {
            throw new UncheckedIOException("script " + name + " cannot be read", failure);
        }
    }

    List<Rule> rules() {
        return rules;
    }

    List<Rule> memories() {
        return memories;
    }

    JsonArray array(String member) {
        return source.getJsonArray(member, new JsonArray());
    }

    JsonObject object(String member) {
        return source.getJsonObject(member, new JsonObject());
    }

    JsonArray routine(String name) {
        JsonArray steps = object("routines").getJsonArray(name);
        if (steps == null) {
            throw new IllegalStateException("the script has no routine " + name);
        }
        return steps;
    }

    /** {@code value} in the script's own word for it, such as Colouring for "colour". */
    String normalised(String group, String value) {
        for (Object row : object("words").getJsonArray(group, new JsonArray())) {
            JsonArray pair = (JsonArray) row;
            if (Pattern.compile(pair.getString(0), Pattern.CASE_INSENSITIVE)
                    .matcher(value)
                    .matches()) {
                return pair.getString(1);
            }
        }
        return value;
    }
}

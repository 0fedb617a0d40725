package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Dynamic variables of one conversation: the client's own, and the provider's {@code system__} ones (docs "Dynamic variables"). */
public final class Variables {

    private static final Pattern HOLE = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");
    private static final String SYSTEM = "system__";

    private final ConversationRecord record;

    /** Variables of {@code record}. */
    public Variables(ConversationRecord record) {
        this.record = record;
    }

    /** The value of {@code name} (string, number or boolean), or null when there is none. */
    public @Nullable Object value(String name) {
        return name.startsWith(SYSTEM)
                ? system().getValue(name)
                : record.variables().getValue(name);
    }

    /** The value as text, empty when there is none. */
    public String text(String name) {
        Object value = value(name);
        return value == null ? "" : value.toString();
    }

    /** {@code text} with every {@code {{name}}} filled. */
    public String fill(String text) {
        return HOLE.matcher(text).replaceAll(hole -> Matcher.quoteReplacement(text(hole.group(1))));
    }

    /** The provider's own variables as the conversation stands. Telephony ones exist only on a native call. */
    public JsonObject system() {
        String time = record.moment()
                .truncatedTo(ChronoUnit.SECONDS)
                .atOffset(ZoneOffset.UTC)
                .toString();
        JsonObject values = new JsonObject()
                .put("system__agent_id", record.agentId())
                .put("system__current_agent_id", record.agentId())
                .put("system__conversation_id", record.id())
                .put("system__call_duration_secs", record.secondsSoFar())
                .put("system__time_utc", time)
                .put("system__time", time)
                .put("system__timezone", "UTC")
                .put(
                        "system__agent_turns",
                        record.turns().stream().filter(Turn::agent).count())
                .put("system__is_text_only", record.textOnly());
        record.phoneCall().ifPresent(call -> values.put("system__caller_id", call.getString("external_number"))
                .put("system__called_number", call.getString("agent_number"))
                .put("system__call_sid", call.getString("call_sid")));
        return values;
    }

    /** Custom variables that the prompt, the first message or a tool of the agent uses. */
    static Set<String> used(String prompt, String firstMessage, Iterable<JsonObject> tools) {
        Set<String> names = new TreeSet<>();
        collect(prompt, names);
        collect(firstMessage, names);
        for (JsonObject tool : tools) {
            JsonObject schema = Json.object(tool, "api_schema");
            collect(schema.getString("url", ""), names);
            Json.object(schema, "path_params_schema").forEach(entry -> property(entry.getValue(), names));
            properties(Json.object(schema, "query_params_schema"), names);
            properties(Json.object(schema, "request_body_schema"), names);
            properties(Json.object(tool, "parameters"), names);
            Json.object(schema, "request_headers")
                    .forEach(header -> add(Json.text(header.getValue(), "variable_name", ""), names));
        }
        names.removeIf(name -> name.startsWith(SYSTEM));
        return names;
    }

    private static void collect(String text, Set<String> names) {
        Matcher hole = HOLE.matcher(text);
        while (hole.find()) {
            names.add(hole.group(1));
        }
    }

    private static void properties(JsonObject schema, Set<String> names) {
        Json.object(schema, "properties").forEach(entry -> property(entry.getValue(), names));
    }

    private static void property(@Nullable Object property, Set<String> names) {
        add(Json.text(property, "dynamic_variable", ""), names);
        if (property instanceof JsonObject nested && nested.getValue("items") instanceof JsonObject items) {
            property(items, names);
        }
        if (property instanceof JsonObject nested && !(nested.getValue("properties") instanceof JsonArray)) {
            properties(nested, names);
        }
    }

    private static void add(String name, Set<String> names) {
        if (!name.isEmpty()) {
            names.add(name);
        }
    }
}

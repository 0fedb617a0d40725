package dev.throughline.simulator.twilio.account;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A TwiML App or a SIP domain.
 *
 * @param settings values by REST parameter name ({@code VoiceUrl}…)
 */
public record VoiceResource(
        ResourceKind kind, String sid, Map<String, String> settings, Instant created, Instant updated) {

    /** A URL or other setting; null when unset or empty. */
    public @Nullable String setting(String name) {
        String value = settings.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** {@code GET} or {@code POST}; Twilio's default is POST. */
    public String method(String name) {
        String value = setting(name);
        return value == null ? "POST" : value;
    }

    VoiceResource with(Map<String, String> changes) {
        Map<String, String> merged = new LinkedHashMap<>(settings);
        merged.putAll(changes);
        return new VoiceResource(kind, sid, Map.copyOf(merged), created, Instant.now());
    }

    JsonObject toState() {
        return new JsonObject()
                .put("sid", sid)
                .put("settings", new JsonObject(new LinkedHashMap<>(settings)))
                .put("created", created.toString())
                .put("updated", updated.toString());
    }

    static VoiceResource fromState(ResourceKind kind, JsonObject json) {
        Map<String, String> settings = new LinkedHashMap<>();
        json.getJsonObject("settings").forEach(each -> settings.put(each.getKey(), (String) each.getValue()));
        return new VoiceResource(
                kind,
                json.getString("sid"),
                Map.copyOf(settings),
                Instant.parse(json.getString("created")),
                Instant.parse(json.getString("updated")));
    }

    /** The REST resource: every setting under its name in snake case. */
    JsonObject toRest(TwilioAccount account) {
        JsonObject json = new JsonObject()
                .put("account_sid", account.sid())
                .put("api_version", "2010-04-01")
                .put("date_created", TwilioTime.rfc2822(created))
                .put("date_updated", TwilioTime.rfc2822(updated))
                .put("sid", sid)
                .put("uri", account.path(kind.path() + "/" + sid + ".json"));
        for (String name : kind.settings()) {
            if (!name.equals("ApiVersion")) {
                json.put(snake(name), value(name));
            }
        }
        return json;
    }

    private @Nullable Object value(String name) {
        if (name.equals("VoiceCallerIdLookup")) {
            return Boolean.parseBoolean(settings.get(name));
        }
        return name.endsWith("Method") ? method(name) : setting(name);
    }

    private static String snake(String name) {
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "_").toLowerCase(java.util.Locale.ROOT);
    }
}

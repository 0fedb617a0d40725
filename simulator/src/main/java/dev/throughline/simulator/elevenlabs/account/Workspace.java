package dev.throughline.simulator.elevenlabs.account;

import dev.throughline.simulator.wire.StateFile;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * Everything provisioned: documents as they were sent, by id, in the order of creation. Every change is stored at once, so a
 * restarted stand-in knows what it knew. Safe on any thread; documents handed out are copies.
 */
public final class Workspace implements AutoCloseable {

    /** The kinds of documents kept, with the prefix of their ids. */
    public enum Kind {
        AGENT("agent"),
        TOOL("tool"),
        SECRET("secret"),
        WEBHOOK("webhook"),
        PHONE_NUMBER("phnum");

        private final String prefix;

        Kind(String prefix) {
            this.prefix = prefix;
        }

        private String section() {
            return prefix + "s";
        }
    }

    private final StateFile file;
    private final Map<Kind, Map<String, JsonObject>> documents = new LinkedHashMap<>();
    private JsonObject settings;

    /** Reads what {@code file} holds. Blocks. */
    public Workspace(StateFile file) {
        this.file = file;
        JsonObject stored = file.load();
        for (Kind kind : Kind.values()) {
            Map<String, JsonObject> section = new LinkedHashMap<>();
            JsonObject saved = stored.getJsonObject(kind.section(), new JsonObject());
            saved.fieldNames().forEach(id -> section.put(id, saved.getJsonObject(id)));
            documents.put(kind, section);
        }
        settings = stored.getJsonObject("settings", new JsonObject());
    }

    /** Stores a new document and returns its id. */
    public synchronized String add(Kind kind, JsonObject document) {
        String id = Ids.fresh(kind.prefix);
        section(kind).put(id, document.copy());
        save();
        return id;
    }

    /** A copy of the document, or empty. */
    public synchronized Optional<JsonObject> find(Kind kind, String id) {
        return Optional.ofNullable(section(kind).get(id)).map(JsonObject::copy);
    }

    /** A copy of the document; a 404 in the provider's words when there is none. */
    public JsonObject get(Kind kind, String id) {
        return find(kind, id)
                .orElseThrow(() -> ApiError.notFound(kind == Kind.PHONE_NUMBER ? "phone_number" : kind.prefix));
    }

    /** Changes a document and returns a copy of the result; a 404 when there is none. */
    public synchronized JsonObject change(Kind kind, String id, UnaryOperator<JsonObject> change) {
        JsonObject changed = change.apply(get(kind, id));
        section(kind).put(id, changed);
        save();
        return changed.copy();
    }

    /** Forgets a document; a 404 when there is none. */
    public synchronized void remove(Kind kind, String id) {
        get(kind, id);
        section(kind).remove(id);
        save();
    }

    /** Ids of a kind, oldest first. */
    public synchronized List<String> ids(Kind kind) {
        return List.copyOf(section(kind).keySet());
    }

    /** Copies of all documents of a kind, oldest first. */
    public synchronized Collection<JsonObject> all(Kind kind) {
        return section(kind).values().stream().map(JsonObject::copy).toList();
    }

    /** The workspace's agent settings ({@code /v1/convai/settings}). */
    public synchronized JsonObject settings() {
        return settings.copy();
    }

    /** Puts the members of {@code patch} over the settings and returns the result. */
    public synchronized JsonObject changeSettings(JsonObject patch) {
        settings = settings.copy().mergeIn(patch);
        save();
        return settings.copy();
    }

    /** The value of a stored secret, or empty. */
    public Optional<String> secretValue(String secretId) {
        return find(Kind.SECRET, secretId).map(secret -> secret.getString("value"));
    }

    private Map<String, JsonObject> section(Kind kind) {
        return documents.computeIfAbsent(kind, each -> new LinkedHashMap<>());
    }

    private void save() {
        JsonObject all = new JsonObject().put("settings", settings.copy());
        documents.forEach((kind, section) -> {
            JsonObject copies = new JsonObject();
            section.forEach((id, document) -> copies.put(id, document.copy()));
            all.put(kind.section(), copies);
        });
        file.save(all);
    }

    @Override
    public void close() {
        file.close();
    }
}

package dev.throughline.tools.provisioning.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's webhook tools ({@code /v1/convai/tools}). Two tenants have tools of the same names; a tool is the tenant's when it sends one of
 * the tenant's secrets. The document is {@code tool_config}.
 */
final class Tools implements Shelf {

    private static final String PATH = "/v1/convai/tools";

    private final Convai api;
    private final Secrets secrets;
    private @Nullable List<JsonNode> listed;

    Tools(Convai api, Secrets secrets) {
        this.api = api;
        this.secrets = secrets;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        for (String id : wish.candidates(rememberedId)) {
            for (JsonNode tool : all()) {
                if (tool.path("id").asText().equals(id)) {
                    return Optional.of(found(tool));
                }
            }
        }
        for (JsonNode tool : all()) {
            if (tool.path("tool_config").path("name").asText().equals(wish.key()) && isTenants(tool)) {
                return Optional.of(found(tool));
            }
        }
        return Optional.empty();
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        return api.post(PATH, Convai.object().set("tool_config", document))
                .path("id")
                .asText();
    }

    /** A tool is replaced whole. */
    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        api.patch(PATH + "/" + found.id(), Convai.object().set("tool_config", whole));
        return found.id();
    }

    /** Listed once in a run: what is made meanwhile is made by the run, one of each name. */
    private List<JsonNode> all() {
        if (listed == null) {
            listed = api.list(PATH, "tools");
        }
        return listed;
    }

    private boolean isTenants(JsonNode tool) {
        Set<String> ids = secrets.idsOfTenant();
        return ids.contains(tool.path("tool_config")
                .path("api_schema")
                .path("request_headers")
                .path("X-Tool-Secret")
                .path("secret_id")
                .asText());
    }

    private static Found found(JsonNode tool) {
        JsonNode config = tool.path("tool_config");
        return new Found(tool.path("id").asText(), config instanceof ObjectNode object ? object : Convai.object());
    }
}

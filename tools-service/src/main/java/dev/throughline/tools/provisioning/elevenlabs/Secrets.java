package dev.throughline.tools.provisioning.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.ProviderFailure;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The tool secret of a tenant's agents ({@code /v1/convai/secrets}). ElevenLabs does not tell a value again and we keep only its hash, so a
 * secret is recognised by its name, which ends with the beginning of that hash; whatever else there is under the tenant's prefix is of before.
 */
final class Secrets implements Shelf {

    private static final String PATH = "/v1/convai/secrets";

    private final Convai api;
    private final UUID tenantId;
    private final NewSecret made;

    Secrets(Convai api, UUID tenantId, NewSecret made) {
        this.api = api;
        this.tenantId = tenantId;
        this.made = made;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        for (JsonNode secret : all()) {
            if (!wish.key().isEmpty() && secret.path("name").asText().equals(wish.key())) {
                return Optional.of(new Found(
                        secret.path("secret_id").asText(), Convai.object().put("name", wish.key())));
            }
        }
        return Optional.empty();
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        // ElevenLabs first: were ours first and theirs failed, the tenant would have a secret nobody has.
        return made.make((name, value) -> api.post(
                        PATH,
                        Convai.object().put("type", "new").put("name", name).put("value", value))
                .path("secret_id")
                .asText());
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        throw new ProviderFailure("A secret cannot be changed.", null);
    }

    /** The ids of all that were ever made for the tenant. */
    Set<String> idsOfTenant() {
        Set<String> ids = new HashSet<>();
        for (JsonNode secret : all()) {
            if (secret.path("name").asText().startsWith(prefix(tenantId))) {
                ids.add(secret.path("secret_id").asText());
            }
        }
        return ids;
    }

    private Iterable<JsonNode> all() {
        return api.list(PATH, "secrets");
    }

    static String prefix(UUID tenantId) {
        return "throughline_" + tenantId + "_";
    }
}

package dev.throughline.tools.provisioning.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.ProviderFailure;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The installation's workspace webhook ({@code /v1/workspace/webhooks}). ElevenLabs makes its secret and shows it once; where nobody here
 * knows that secret the webhook is of no use, and another is made.
 */
final class Webhooks implements Shelf {

    private static final String PATH = "/v1/workspace/webhooks";

    private final Convai api;
    private final WebhookKeeper keeper;

    Webhooks(Convai api, WebhookKeeper keeper) {
        this.api = api;
        this.keeper = keeper;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        List<String> candidates = wish.candidates(rememberedId);
        return api.list(PATH, "webhooks").stream()
                .filter(webhook -> webhook.path("webhook_url").asText().equals(wish.key()))
                .map(this::found)
                .min(Comparator.comparing((Found found) -> !candidates.contains(found.id()))
                        .thenComparing(
                                found -> found.document().path("is_disabled").asBoolean()));
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        if (!keeper.canKeep()) {
            throw new ProviderFailure(
                    "The post-call webhook was not made, because ElevenLabs shows its secret once and nobody here would keep it.",
                    "Run ./dev provision, which keeps it in a file, or make the webhook by hand and set ELEVENLABS_WEBHOOK_SECRET.");
        }
        ObjectNode settings = Convai.object()
                .put("auth_type", document.path("auth_type").asText())
                .put("name", document.path("name").asText())
                .put("webhook_url", wish.key());
        JsonNode made = api.post(PATH, Convai.object().set("settings", settings));
        String id = made.path("webhook_id").asText();
        keeper.keep(id, made.path("webhook_secret").asText());
        return enabled(id, document.path("name").asText());
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        if (changed.has("secret_is_known")) {
            return create(wish, wish.atCreation());
        }
        return enabled(found.id(), found.document().path("name").asText());
    }

    /** Retries are off unless asked for (ElevenLabs, <i>Webhooks</i>). */
    private String enabled(String id, String name) {
        api.patch(
                PATH + "/" + id,
                Convai.object().put("is_disabled", false).put("name", name).put("retry_enabled", true));
        return id;
    }

    private Found found(JsonNode webhook) {
        String id = webhook.path("webhook_id").asText();
        boolean disabled = webhook.path("is_disabled").asBoolean()
                || webhook.path("is_auto_disabled").asBoolean();
        return new Found(
                id,
                Convai.object()
                        .put("name", webhook.path("name").asText())
                        .put("webhook_url", webhook.path("webhook_url").asText())
                        .put("is_disabled", disabled)
                        .put("secret_is_known", keeper.knows(id)));
    }
}

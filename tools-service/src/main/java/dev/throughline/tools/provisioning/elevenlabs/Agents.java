package dev.throughline.tools.provisioning.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.tools.provisioning.Found;
import dev.throughline.tools.provisioning.ProviderFailure;
import dev.throughline.tools.provisioning.Shelf;
import dev.throughline.tools.provisioning.Wish;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A tenant's agents ({@code /v1/convai/agents}): the one the record names, else the one that was made, else the one with the tenant's tag. A
 * change sends the members that differ and nothing else. An agent sends one tenant's secret, so it can work for one tenant only; what is
 * another's, by its tag or by that tenant's record, is refused.
 */
final class Agents implements Shelf {

    private static final String PATH = "/v1/convai/agents";

    private static final String OWNED = "throughline:";

    private final Convai api;
    private final Predicate<String> namedByAnother;

    Agents(Convai api, Predicate<String> namedByAnother) {
        this.api = api;
        this.namedByAnother = namedByAnother;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        for (String id : wish.candidates(rememberedId)) {
            Optional<JsonNode> agent = api.find(PATH + "/" + Convai.encoded(id));
            if (agent.isPresent()) {
                refuseAnothers(wish, id, agent.get().path("tags"));
                return agent.map(found -> found(id, found));
            }
        }
        return api.list(PATH + "?page_size=100", "agents").stream()
                .filter(agent -> has(agent.path("tags"), wish.key()))
                .map(agent -> agent.path("agent_id").asText())
                .findFirst()
                .flatMap(id -> api.find(PATH + "/" + Convai.encoded(id)).map(found -> found(id, found)));
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        return api.post(PATH + "/create", document).path("agent_id").asText();
    }

    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        api.patch(PATH + "/" + Convai.encoded(found.id()), changed);
        return found.id();
    }

    private void refuseAnothers(Wish wish, String id, JsonNode tags) {
        boolean ours = has(tags, wish.key());
        boolean tagged = false;
        for (JsonNode tag : tags) {
            tagged |= tag.asText().startsWith(OWNED);
        }
        if (!ours && (tagged || namedByAnother.test(id))) {
            throw new ProviderFailure(
                    "The " + wish.what() + " of this tenant's record is another tenant's.",
                    "Take settings.elevenLabsAgentId and elevenLabsTextAgentId out of this record; the tenant then gets agents of its"
                            + " own.");
        }
    }

    private static Found found(String id, JsonNode agent) {
        return new Found(id, agent instanceof ObjectNode object ? object : Convai.object());
    }

    private static boolean has(JsonNode tags, String tag) {
        for (JsonNode one : tags) {
            if (one.asText().equals(tag)) {
                return true;
            }
        }
        return false;
    }
}

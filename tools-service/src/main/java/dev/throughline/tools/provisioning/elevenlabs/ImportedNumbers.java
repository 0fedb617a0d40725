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
 * The tenant's number as ElevenLabs knows it ({@code /v1/convai/phone-numbers}), which every call it places needs. Importing points the
 * number's voice webhook at ElevenLabs, and with {@code enable_sms} the text webhook too: texts stay ours.
 */
final class ImportedNumbers implements Shelf {

    private static final String PATH = "/v1/convai/phone-numbers";

    private final Convai api;
    private final Predicate<String> callsAreOurs;
    private final Optional<Account> account;

    /** The Twilio account that owns the number. @param authToken never printed */
    record Account(String sid, String authToken) {

        @Override
        public String toString() {
            return "Account[" + sid + "]";
        }
    }

    /** @param callsAreOurs whether Twilio asks us, not ElevenLabs, about calls of this number */
    ImportedNumbers(Convai api, Predicate<String> callsAreOurs, Optional<Account> account) {
        this.api = api;
        this.callsAreOurs = callsAreOurs;
        this.account = account;
    }

    @Override
    public Optional<Found> find(Wish wish, @Nullable String rememberedId) {
        for (JsonNode number : api.get(PATH + "?provider=twilio")) {
            if (number.path("phone_number").asText().equals(wish.key())) {
                return Optional.of(new Found(
                        number.path("phone_number_id").asText(),
                        Convai.object()
                                .put(
                                        "agent_id",
                                        number.path("assigned_agent")
                                                .path("agent_id")
                                                .asText(""))
                                .put("takes_calls", !callsAreOurs.test(wish.key()))));
            }
        }
        return Optional.empty();
    }

    @Override
    public String create(Wish wish, ObjectNode document) {
        Account owner = account.orElseThrow(() -> new ProviderFailure(
                "The number was not imported, because ElevenLabs wants the Twilio account's token for it.",
                "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN."));
        return api.post(
                        PATH,
                        Convai.object()
                                .put("provider", "twilio")
                                .put("phone_number", wish.key())
                                .put("label", wish.key())
                                .put("sid", owner.sid())
                                .put("token", owner.authToken())
                                .put("agent_id", document.path("agent_id").asText())
                                .put("enable_sms", false))
                .path("phone_number_id")
                .asText();
    }

    /** Only an import points a number at ElevenLabs, so where its calls went elsewhere it is imported again. */
    @Override
    public String change(Wish wish, Found found, ObjectNode changed, ObjectNode whole) {
        if (changed.has("takes_calls")) {
            api.delete(PATH + "/" + Convai.encoded(found.id()));
            return create(wish, whole);
        }
        api.patch(PATH + "/" + Convai.encoded(found.id()), changed);
        return found.id();
    }
}

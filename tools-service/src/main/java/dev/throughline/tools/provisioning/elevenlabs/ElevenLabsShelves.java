package dev.throughline.tools.provisioning.elevenlabs;

import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.tools.provisioning.Kind;
import dev.throughline.tools.provisioning.Shelf;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** Everything of a tenant's at ElevenLabs. */
@Singleton
public class ElevenLabsShelves {

    private final ConvaiClient client;
    private final TwilioConfig twilio;

    @Inject
    ElevenLabsShelves(ConvaiClient client, TwilioConfig twilio) {
        this.client = client;
        this.twilio = twilio;
    }

    /** Whether there is an API key. */
    public boolean isConfigured() {
        return client.isConfigured();
    }

    /**
     * The shelves for one run, by what lies on them.
     *
     * @param newSecret makes the agents' tool secret
     * @param keeper keeps the webhook's secret
     * @param callsAreOurs whether Twilio asks us about calls of a number
     * @param namedByAnother whether another tenant's record names an agent
     */
    public Map<Kind, Shelf> of(
            UUID tenantId,
            NewSecret newSecret,
            WebhookKeeper keeper,
            Predicate<String> callsAreOurs,
            Predicate<String> namedByAnother) {
        Convai api = new Convai(client);
        Secrets secrets = new Secrets(api, tenantId, newSecret);
        return Map.of(
                Kind.SECRET, secrets,
                Kind.TOOL, new Tools(api, secrets),
                Kind.WEBHOOK, new Webhooks(api, keeper),
                Kind.AGENT, new Agents(api, namedByAnother),
                Kind.IMPORTED_NUMBER, new ImportedNumbers(api, callsAreOurs, account()));
    }

    /** The name under which the secret of this hash lies there. */
    public static String secretName(UUID tenantId, String hash) {
        return Secrets.prefix(tenantId) + hash.substring(0, 16);
    }

    private Optional<ImportedNumbers.Account> account() {
        return twilio.accountSid().filter(sid -> !sid.isBlank()).flatMap(sid -> twilio.authToken()
                .filter(token -> !token.isBlank())
                .map(token -> new ImportedNumbers.Account(sid, token)));
    }
}

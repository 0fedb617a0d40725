package dev.throughline.tools.provisioning.twilio;

import dev.throughline.platform.twilio.TwilioRest;
import dev.throughline.tools.provisioning.Kind;
import dev.throughline.tools.provisioning.Shelf;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** Everything of a tenant's at Twilio. */
@Singleton
public class TwilioShelves {

    private final TwilioRest rest;

    @Inject
    TwilioShelves(TwilioRest rest) {
        this.rest = rest;
    }

    /** Whether there are credentials. */
    public boolean isConfigured() {
        return rest.isConfigured();
    }

    /** The shelves, by what lies on them. */
    public Map<Kind, Shelf> all() {
        TwilioAccount account = new TwilioAccount(rest);
        return Map.of(
                Kind.NUMBER, new Numbers(account),
                Kind.TWIML_APP, new TwimlApps(account),
                Kind.MESSAGING_SERVICE, new MessagingServices(account));
    }

    /** Where the number's calls go; empty when the account has no such number. */
    public Optional<String> voiceUrl(String number) {
        return new Numbers(new TwilioAccount(rest)).voiceUrl(number);
    }
}

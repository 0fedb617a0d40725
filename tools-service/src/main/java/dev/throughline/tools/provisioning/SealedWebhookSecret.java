package dev.throughline.tools.provisioning;

import dev.throughline.platform.elevenlabs.WebhookSecrets;
import dev.throughline.tools.provisioning.elevenlabs.WebhookKeeper;
import org.jspecify.annotations.Nullable;

/** Hands the secret of a new webhook, sealed, to the one who asked for the run, and remembers what it is recognised by. */
final class SealedWebhookSecret implements WebhookKeeper {

    private final ProvisionedIds ids;
    private final WebhookSecrets known;
    private final @Nullable Seal seal;
    private @Nullable String sealed;

    /** @param seal null when nobody would keep a secret */
    SealedWebhookSecret(ProvisionedIds ids, WebhookSecrets known, @Nullable Seal seal) {
        this.ids = ids;
        this.known = known;
        this.seal = seal;
    }

    /** One that was made by hand is taken to be the one that is configured. */
    @Override
    public boolean knows(String webhookId) {
        return ids.fingerprint(Wishes.WEBHOOK, webhookId).map(known::knows).orElseGet(() -> !known.current()
                .isEmpty());
    }

    @Override
    public boolean canKeep() {
        return seal != null;
    }

    @Override
    public void keep(String webhookId, String secret) {
        if (seal == null) {
            throw new IllegalStateException("asked before whether it can be kept");
        }
        sealed = seal.sealed(secret);
        ids.remember(Wishes.WEBHOOK, webhookId, WebhookSecrets.fingerprint(secret));
    }

    /** The sealed secret, null when none was made. */
    @Nullable String sealed() {
        return sealed;
    }
}

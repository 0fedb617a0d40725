package dev.throughline.tools.provisioning.elevenlabs;

/** Who keeps the secret of the workspace webhook. */
public interface WebhookKeeper {

    /** Whether requests that this webhook signs are accepted here. */
    boolean knows(String webhookId);

    /** Whether a new secret would be kept. */
    boolean canKeep();

    /** Keeps the secret that was shown once. */
    void keep(String webhookId, String secret);
}

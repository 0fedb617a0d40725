package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.secrets.LocalSecrets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * The service's own provisioning of a tenant ({@code /api/tenants/{id}/provisioning}), asked for by an admin of the installation. What it
 * cannot keep itself, the secret of the post-call webhook, it gives back sealed; here it goes into the file the services read.
 */
public final class TenantSetup {

    private final JsonHttp admin;
    private final Path secretFile;

    /**
     * @param admin the front, with an installation admin's token
     * @param secretFile what {@code ELEVENLABS_WEBHOOK_SECRET_FILE} names for the services
     */
    public TenantSetup(JsonHttp admin, Path secretFile) {
        this.admin = admin;
        this.secretFile = secretFile;
    }

    /** What would be done. */
    public JsonNode plan(UUID tenant) throws IOException {
        return admin.get(path(tenant));
    }

    /**
     * Does it.
     *
     * @param targets the providers that are set up, {@code ElevenLabs} and {@code Twilio}
     * @param rotateSecret whether the agents get a new tool secret
     * @return the steps with what became of them
     */
    public JsonNode apply(UUID tenant, Set<String> targets, boolean rotateSecret) throws IOException {
        SealedSecret sealed = SealedSecret.fresh();
        JsonNode done = admin.post(
                path(tenant), Map.of("targets", targets, "rotateSecret", rotateSecret, "sealWith", sealed.publicKey()));
        String secret = done.path("sealedWebhookSecret").asText("");
        if (!secret.isEmpty()) {
            LocalSecrets.writePrivately(secretFile, sealed.open(secret) + System.lineSeparator());
        }
        return done;
    }

    /** A line for each step that failed; empty when none did. */
    public static List<String> failures(JsonNode done) {
        return done.path("steps")
                .valueStream()
                .filter(step -> step.path("outcome").asText().equals("failed"))
                .map(step ->
                        step.path("target").asText() + ", " + step.path("what").asText() + ": "
                                + step.path("problem").asText())
                .toList();
    }

    private static String path(UUID tenant) {
        return "/api/tenants/" + tenant + "/provisioning";
    }
}

package dev.throughline.platform.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@link ElevenLabsSignature} with this installation's secrets. Without one everything is refused. Header aliases, when configured,
 * only name another header: the value passes the same check, and two names with different values are refused.
 */
@Singleton
public final class ElevenLabsVerifier {

    private final ElevenLabsConfig config;
    private final WebhookSecrets secrets;
    private final List<String> aliases;

    @Inject
    ElevenLabsVerifier(ElevenLabsConfig config, WebhookSecrets secrets) {
        this.config = config;
        this.secrets = secrets;
        this.aliases = config.signatureHeaderAliases().orElse(List.of());
    }

    /** Whether these bytes, the whole raw body of the request, were signed by ElevenLabs. */
    public boolean accepts(HttpServerRequest request, byte[] body) {
        ElevenLabsSignature.Check check = check(request);
        check.update(body, 0, body.length);
        return check.holds();
    }

    /** The check of a body that is read in pieces. */
    public ElevenLabsSignature.Check check(HttpServerRequest request) {
        @Nullable String value = request.getHeader(ElevenLabsSignature.HEADER);
        for (String alias : aliases) {
            String other = request.getHeader(alias);
            if (other != null && value != null && !other.equals(value)) {
                return signature().check(null);
            }
            value = value == null ? other : value;
        }
        return signature().check(value);
    }

    /** The secrets may change while this runs. */
    private ElevenLabsSignature signature() {
        return new ElevenLabsSignature(secrets.current(), config.signatureTolerance(), InstantSource.system());
    }
}

package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.rejection.Rejections;
import dev.throughline.platform.twilio.PublicUrl;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
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
    private final PublicUrl publicUrl;
    private final Rejections rejections;

    @Inject
    ElevenLabsVerifier(ElevenLabsConfig config, WebhookSecrets secrets, PublicUrl publicUrl, Rejections rejections) {
        this.config = config;
        this.secrets = secrets;
        this.publicUrl = publicUrl;
        this.rejections = rejections;
        this.aliases = config.signatureHeaderAliases().orElse(List.of());
    }

    /** Whether these bytes, the whole raw body of the request, were signed by ElevenLabs. */
    public boolean accepts(HttpServerRequest request, byte[] body) {
        ElevenLabsSignature.Check check = check(request);
        check.update(body, 0, body.length);
        boolean holds = check.holds();
        if (!holds) {
            refused(request);
        }
        return holds;
    }

    /** The check of a body that is read in pieces; who refuses the body then says so ({@link #refused}). */
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

    /** Keeps why a request was refused, for the installation ({@link Rejections}). */
    public void refused(HttpServerRequest request) {
        rejections.add(at -> StampDoctor.examined(
                publicUrl.of(request),
                headers(request),
                !secrets.current().isEmpty(),
                config.signatureTolerance(),
                at));
    }

    private List<String> headers(HttpServerRequest request) {
        return Stream.concat(Stream.of(ElevenLabsSignature.HEADER), aliases.stream())
                .map(request::getHeader)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    /** The secrets may change while this runs. */
    private ElevenLabsSignature signature() {
        return new ElevenLabsSignature(secrets.current(), config.signatureTolerance(), InstantSource.system());
    }
}

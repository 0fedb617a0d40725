package dev.throughline.platform.twilio;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@link TwilioSignature} with this installation's token and public address. Without a configured token everything is refused.
 * Most code needs no verifier: take a {@link SignedForm} instead.
 */
@Singleton
public final class TwilioVerifier {

    /** The header, in any case. */
    public static final String HEADER = "X-Twilio-Signature";

    private final @Nullable TwilioSignature signature;
    private final PublicUrl publicUrl;

    TwilioVerifier(TwilioConfig config, PublicUrl publicUrl) {
        this.signature = config.authToken()
                .filter(token -> !token.isBlank())
                .map(TwilioSignature::new)
                .orElse(null);
        this.publicUrl = publicUrl;
    }

    /** Whether the form posted with this request was signed for the address it was sent to. */
    public boolean acceptsForm(HttpServerRequest request, Map<String, List<String>> parameters) {
        return signature != null && signature.acceptsForm(publicUrl.of(request), parameters, request.getHeader(HEADER));
    }

    /** Whether this GET was signed. */
    public boolean acceptsGet(HttpServerRequest request) {
        return signature != null && signature.acceptsGet(publicUrl.of(request), request.getHeader(HEADER));
    }

    /** Whether this body (not a form) was signed; the URL carries its hash. */
    public boolean acceptsBody(HttpServerRequest request, byte[] body) {
        return signature != null && signature.acceptsBody(publicUrl.of(request), body, request.getHeader(HEADER));
    }

    /** Whether this WebSocket upgrade was signed. */
    public boolean acceptsUpgrade(HttpServerRequest request) {
        return signature != null && signature.acceptsUpgrade(publicUrl.socketOf(request), request.getHeader(HEADER));
    }
}

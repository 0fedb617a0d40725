package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.web.SignedReader;
import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.ext.Provider;

/** Makes {@link SignedBody}s from the exact bytes ElevenLabs signed. */
@Provider
@Consumes(MediaType.WILDCARD)
public final class SignedBodyReader extends SignedReader<SignedBody> {

    private final ElevenLabsVerifier verifier;

    @Context
    HttpServerRequest request;

    SignedBodyReader(ElevenLabsVerifier verifier, ElevenLabsConfig config) {
        super(SignedBody.class, config.maxBodyBytes());
        this.verifier = verifier;
    }

    @Override
    protected SignedBody verified(byte[] body) {
        if (!verifier.accepts(request, body)) {
            throw refused();
        }
        return new SignedBody(body);
    }
}

package dev.throughline.platform.elevenlabs;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Makes {@link SignedBody}s: reads the raw bytes before anything parses them, answers 413 for a body over the limit and 403, with no
 * body and no reason, when the signature is missing or wrong.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public final class SignedBodyReader implements ServerMessageBodyReader<SignedBody> {

    private final ElevenLabsVerifier verifier;
    private final ElevenLabsConfig config;

    @Context
    HttpServerRequest request;

    SignedBodyReader(ElevenLabsVerifier verifier, ElevenLabsConfig config) {
        this.verifier = verifier;
        this.config = config;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo lazyMethod, MediaType mediaType) {
        return type == SignedBody.class;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == SignedBody.class;
    }

    @Override
    public SignedBody readFrom(
            Class<SignedBody> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(context.getInputStream());
    }

    @Override
    public SignedBody readFrom(
            Class<SignedBody> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> httpHeaders,
            InputStream entityStream)
            throws IOException {
        return read(entityStream);
    }

    private SignedBody read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(config.maxBodyBytes() + 1);
        if (bytes.length > config.maxBodyBytes()) {
            throw refused(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        if (!verifier.accepts(request, bytes)) {
            throw refused(Response.Status.FORBIDDEN);
        }
        return new SignedBody(bytes);
    }

    private static WebApplicationException refused(Response.Status status) {
        return new WebApplicationException(Response.status(status).build());
    }
}

package dev.throughline.platform.twilio;

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
import java.util.List;
import java.util.Map;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Makes {@link SignedForm}s. Reads the raw body itself: the framework's form parser refuses values over 2,048 bytes and may be fed
 * by filters. Answers 413 for a form over the limit and 403, with no body and no reason, when the signature is missing or wrong.
 */
@Provider
@Consumes(MediaType.APPLICATION_FORM_URLENCODED)
public final class SignedFormReader implements ServerMessageBodyReader<SignedForm> {

    private final TwilioVerifier verifier;
    private final TwilioConfig config;

    @Context
    HttpServerRequest request;

    SignedFormReader(TwilioVerifier verifier, TwilioConfig config) {
        this.verifier = verifier;
        this.config = config;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo lazyMethod, MediaType mediaType) {
        return type == SignedForm.class;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == SignedForm.class;
    }

    @Override
    public SignedForm readFrom(
            Class<SignedForm> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(context.getInputStream());
    }

    @Override
    public SignedForm readFrom(
            Class<SignedForm> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> httpHeaders,
            InputStream entityStream)
            throws IOException {
        return read(entityStream);
    }

    private SignedForm read(InputStream body) throws IOException {
        byte[] bytes = body.readNBytes(config.maxFormBytes() + 1);
        if (bytes.length > config.maxFormBytes()) {
            throw refused(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        Map<String, List<String>> parameters;
        try {
            parameters = FormBody.parse(bytes);
        } catch (IllegalArgumentException malformedEscape) {
            // Twilio cannot have signed what does not decode.
            throw refused(Response.Status.FORBIDDEN);
        }
        if (!verifier.acceptsForm(request, parameters)) {
            throw refused(Response.Status.FORBIDDEN);
        }
        return new SignedForm(parameters);
    }

    private static WebApplicationException refused(Response.Status status) {
        return new WebApplicationException(Response.status(status).build());
    }
}

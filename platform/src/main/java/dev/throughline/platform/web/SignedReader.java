package dev.throughline.platform.web;

import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyReader;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Reads a body into a type that exists only when its signature held: takes the raw bytes before anything parses them, answers 413
 * for a body over the limit and 403, with no body and no reason, when the signature is missing or wrong.
 */
public abstract class SignedReader<T> implements ServerMessageBodyReader<T> {

    private final Class<T> signed;
    private final int maxBytes;

    /** @param maxBytes the largest body read */
    protected SignedReader(Class<T> signed, int maxBytes) {
        this.signed = signed;
        this.maxBytes = maxBytes;
    }

    /**
     * The value, when the signature of the current request covers {@code body}.
     *
     * @throws WebApplicationException {@link #refused} when it does not
     */
    protected abstract T verified(byte[] body);

    /** 403 that says nothing. */
    protected static WebApplicationException refused() {
        return refused(Response.Status.FORBIDDEN);
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo lazyMethod, MediaType mediaType) {
        return type == signed;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == signed;
    }

    @Override
    public T readFrom(Class<T> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(context.getInputStream());
    }

    @Override
    public T readFrom(
            Class<T> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> httpHeaders,
            InputStream entityStream)
            throws IOException {
        return read(entityStream);
    }

    private T read(InputStream body) throws IOException {
        // A body the framework has whole already, within its own limit, needs no further buffers.
        byte[] bytes =
                body instanceof ByteArrayInputStream whole ? whole.readAllBytes() : body.readNBytes(maxBytes + 1);
        if (bytes.length > maxBytes) {
            throw refused(Response.Status.REQUEST_ENTITY_TOO_LARGE);
        }
        return verified(bytes);
    }

    private static WebApplicationException refused(Response.Status status) {
        return new WebApplicationException(Response.status(status).build());
    }
}

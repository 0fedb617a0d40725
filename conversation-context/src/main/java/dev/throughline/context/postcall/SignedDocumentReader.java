package dev.throughline.context.postcall;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.platform.elevenlabs.ElevenLabsSignature;
import dev.throughline.platform.elevenlabs.ElevenLabsVerifier;
import dev.throughline.platform.web.Problem;
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
 * Reads a signed webhook piece by piece: each piece is signed along and spooled, so that a recording of a long call costs a file on disk and
 * a few kilobytes of memory. Nothing is parsed before the whole body's signature held. Blocking: for methods on virtual threads.
 */
@Provider
@Consumes(MediaType.WILDCARD)
public class SignedDocumentReader implements ServerMessageBodyReader<SignedDocument> {

    private static final int PIECE = 64 * 1024;

    private final ElevenLabsVerifier verifier;
    private final PostCallConfig config;

    @Context
    HttpServerRequest request;

    SignedDocumentReader(ElevenLabsVerifier verifier, PostCallConfig config) {
        this.verifier = verifier;
        this.config = config;
    }

    @Override
    public boolean isReadable(
            Class<?> type, Type genericType, ResteasyReactiveResourceInfo method, MediaType mediaType) {
        return type == SignedDocument.class;
    }

    @Override
    public boolean isReadable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return type == SignedDocument.class;
    }

    @Override
    public SignedDocument readFrom(
            Class<SignedDocument> type, Type genericType, MediaType mediaType, ServerRequestContext context)
            throws IOException {
        return read(context.getInputStream());
    }

    @Override
    public SignedDocument readFrom(
            Class<SignedDocument> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, String> headers,
            InputStream stream)
            throws IOException {
        return read(stream);
    }

    private SignedDocument read(InputStream stream) throws IOException {
        ElevenLabsSignature.Check check = verifier.check(request);
        if (check.isHopeless()) {
            throw forged();
        }
        try (Spool spool = new Spool((int) config.maxInMemory().asLongValue())) {
            byte[] piece = new byte[PIECE];
            for (int read = stream.read(piece); read >= 0; read = stream.read(piece)) {
                if (spool.size() + read > config.maxBody().asLongValue()) {
                    throw refused(Response.Status.REQUEST_ENTITY_TOO_LARGE);
                }
                check.update(piece, 0, read);
                spool.write(piece, read);
            }
            if (!check.holds()) {
                throw forged();
            }
            return document(spool);
        }
    }

    private SignedDocument document(Spool spool) throws IOException {
        try (InputStream whole = spool.open()) {
            DocumentReader.Read read =
                    DocumentReader.read(whole, config.maxTranscript().asLongValue());
            JsonNode json = read.json();
            return new SignedDocument(json, spool.size(), read.audio() ? null : spool.bytes());
        } catch (DocumentReader.TooLongException tooLong) {
            throw Problem.of(
                    413,
                    "TOO_LARGE",
                    "A webhook without audio may have " + config.maxTranscript().asLongValue() + " characters.");
        }
    }

    private WebApplicationException forged() {
        verifier.refused(request);
        return refused(Response.Status.FORBIDDEN);
    }

    private static WebApplicationException refused(Response.Status status) {
        return new WebApplicationException(Response.status(status).build());
    }
}

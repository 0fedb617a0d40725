package dev.throughline.context.postcall;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A webhook whose signature held, read. As a body parameter it is made only by {@link SignedDocumentReader}; a request that is not signed
 * never reaches the method (403).
 *
 * @param json everything but a recording's audio
 * @param bytes how long the body was
 * @param body the body as signed; null when it holds audio, which is not kept
 */
record SignedDocument(JsonNode json, long bytes, byte @Nullable [] body) {

    /** Size only: the content is personal data. */
    @Override
    public String toString() {
        return "SignedDocument[" + bytes + " bytes]";
    }
}

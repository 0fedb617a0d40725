package dev.throughline.context.postcall;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.util.TokenBuffer;
import dev.throughline.events.EventJson;
import dev.throughline.platform.web.ErrorMappers;
import dev.throughline.platform.web.Problem;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads a webhook's JSON as it comes. A recording ({@code data.full_audio}, base64; ElevenLabs, <i>Post-call audio</i>) is passed over without
 * ever being a text in memory.
 */
final class DocumentReader {

    private static final String AUDIO = "full_audio";

    private DocumentReader() {}

    /** @param audio whether there was a recording */
    record Read(JsonNode json, boolean audio) {}

    /** More than a transcript can be. */
    static final class TooLongException extends Exception {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Reads a document.
     *
     * @param mostCharacters of texts and names altogether, without the recording
     * @throws Problem 400 when it is no JSON object
     */
    static Read read(InputStream stream, long mostCharacters) throws IOException, TooLongException {
        boolean audio = false;
        long characters = 0;
        try (JsonParser parser = EventJson.mapper().createParser(stream);
                TokenBuffer kept = new TokenBuffer(EventJson.mapper(), false)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw Problem.invalid("body", "must be a JSON object");
            }
            int depth = 0;
            JsonToken token = parser.currentToken();
            while (token != null) {
                if (token == JsonToken.FIELD_NAME && parser.currentName().equals(AUDIO)) {
                    parser.nextToken();
                    parser.skipChildren();
                    audio = true;
                } else {
                    characters += token == JsonToken.VALUE_STRING || token == JsonToken.FIELD_NAME
                            ? parser.getTextLength()
                            : 1;
                    if (characters > mostCharacters) {
                        throw new TooLongException();
                    }
                    kept.copyCurrentEvent(parser);
                    depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
                }
                token = depth == 0 ? null : parser.nextToken();
            }
            if (depth != 0 || parser.nextToken() != null) {
                throw Problem.invalid("body", "is not valid JSON");
            }
            return new Read(EventJson.mapper().readTree(kept.asParser()), audio);
        } catch (JsonProcessingException malformed) {
            throw ErrorMappers.jsonProblem(malformed);
        }
    }
}

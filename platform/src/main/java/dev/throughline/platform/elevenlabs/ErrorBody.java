package dev.throughline.platform.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The error of a REST answer in any of its four shapes: {@code detail} as the current object (code, message, request_id), as the
 * older one (status, message), as a text, and as the list of a 422 (loc, msg).
 */
record ErrorBody(String code, String message, @Nullable String requestId) {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final int MAX_MESSAGE = 500;

    static ErrorBody parse(byte[] body) {
        JsonNode detail;
        try {
            JsonNode root = MAPPER.readTree(body);
            detail = root == null ? MAPPER.missingNode() : root.path("detail");
        } catch (IOException notJson) {
            return new ErrorBody("", "", null);
        }
        if (detail.isTextual()) {
            return new ErrorBody("", bounded(detail.textValue()), null);
        }
        if (detail.isArray()) {
            List<String> problems = new ArrayList<>();
            detail.forEach(item ->
                    problems.add(location(item) + ": " + item.path("msg").asText("")));
            return new ErrorBody("validation_error", bounded(String.join("; ", problems)), null);
        }
        String code = detail.path("code").asText(detail.path("status").asText(""));
        String requestId = detail.path("request_id").asText("");
        return new ErrorBody(code, bounded(detail.path("message").asText("")), requestId.isEmpty() ? null : requestId);
    }

    private static String location(JsonNode item) {
        List<String> names = new ArrayList<>();
        item.path("loc").forEach(part -> names.add(part.asText()));
        return String.join(".", names);
    }

    static String bounded(String text) {
        return text.length() <= MAX_MESSAGE ? text : text.substring(0, MAX_MESSAGE);
    }
}

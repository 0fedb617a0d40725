package dev.throughline.tools.provisioning.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.EventJson;
import dev.throughline.platform.elevenlabs.ConvaiAnswer;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.elevenlabs.ConvaiFailure;
import dev.throughline.tools.provisioning.ProviderFailure;
import io.smallrye.mutiny.Uni;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** ElevenLabs' REST API for code that blocks on a virtual thread: an answer, or {@link ProviderFailure}. */
final class Convai {

    /** Longer than any request of the client may take. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final int MOST_PAGES = 20;

    private final ConvaiClient client;

    Convai(ConvaiClient client) {
        this.client = client;
    }

    JsonNode get(String path) {
        return value("GET " + path, client.get(path));
    }

    /** Empty when there is no such thing (404). */
    Optional<JsonNode> find(String path) {
        return switch (answer(client.get(path))) {
            case ConvaiAnswer.Success<JsonNode>(JsonNode value) -> Optional.of(value);
            case ConvaiAnswer.Failure<JsonNode> failure
            when failure.reason() == ConvaiFailure.NOT_FOUND -> Optional.empty();
            case ConvaiAnswer.Failure<JsonNode> failure -> throw failed("GET " + path, failure);
        };
    }

    JsonNode post(String path, ObjectNode body) {
        return value("POST " + path, client.post(path, body));
    }

    JsonNode patch(String path, ObjectNode body) {
        return value("PATCH " + path, client.patch(path, body));
    }

    void delete(String path) {
        value("DELETE " + path, client.delete(path));
    }

    /**
     * All elements of a list that may be paged ({@code has_more}, {@code next_cursor}).
     *
     * @param path with a query or without
     * @param member of the answer that holds the list
     */
    List<JsonNode> list(String path, String member) {
        List<JsonNode> all = new ArrayList<>();
        String cursor = "";
        for (int page = 0; page < MOST_PAGES; page++) {
            String from =
                    cursor.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + "cursor=" + encoded(cursor);
            JsonNode answer = get(from);
            answer.path(member).forEach(all::add);
            cursor = answer.path("next_cursor").asText("");
            if (cursor.isEmpty() || cursor.equals("null")) {
                break;
            }
        }
        return all;
    }

    static ObjectNode object() {
        return EventJson.mapper().createObjectNode();
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode value(String request, Uni<ConvaiAnswer<JsonNode>> asked) {
        return switch (answer(asked)) {
            case ConvaiAnswer.Success<JsonNode>(JsonNode value) -> value;
            case ConvaiAnswer.Failure<JsonNode> failure -> throw failed(request, failure);
        };
    }

    private static ConvaiAnswer<JsonNode> answer(Uni<ConvaiAnswer<JsonNode>> asked) {
        return asked.await().atMost(PATIENCE);
    }

    private static ProviderFailure failed(String request, ConvaiAnswer.Failure<JsonNode> failure) {
        int query = request.indexOf('?');
        String what = "ElevenLabs did not do " + (query < 0 ? request : request.substring(0, query))
                + (failure.httpStatus() == 0 ? "" : " (" + failure.httpStatus() + ")")
                + (failure.message().isEmpty() ? "." : ": " + failure.message() + ".");
        return new ProviderFailure(what, failure.reason().cure());
    }
}

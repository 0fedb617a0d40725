package dev.throughline.localstack.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.localstack.chaos.Topic;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the topic says of texts. */
final class TextEvents {

    private TextEvents() {}

    /** The texts in and out by customer, in the topic's order, each once and with its {@code type} and {@code lead}. */
    static Map<String, List<JsonNode>> read(String bootstrapServers) throws IOException {
        Map<String, List<JsonNode>> byCustomer = new HashMap<>();
        Topic.read(bootstrapServers)
                .forEach((lead, events) -> events.forEach(event -> {
                    String party = party(event.path("type").asText());
                    if (!party.isEmpty()) {
                        byCustomer
                                .computeIfAbsent(event.path(party).asText(), number -> new ArrayList<>())
                                .add(((ObjectNode) event).put("lead", lead));
                    }
                }));
        return byCustomer;
    }

    /** Where a text's event names the customer; empty for an event that is none. */
    private static String party(String type) {
        return switch (type) {
            case "sms.received" -> "from";
            case "sms.sent" -> "to";
            default -> "";
        };
    }
}

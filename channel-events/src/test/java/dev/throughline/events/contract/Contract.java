package dev.throughline.events.contract;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventTypes;
import dev.throughline.events.Topics;
import dev.throughline.events.context.LeadContextCodec;
import dev.throughline.events.tenant.Tenant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The published contract, made from the code: a schema per message and an AsyncAPI 3 document that says on which topic it comes. */
final class Contract {

    static final String LEAD_CONTEXT = "lead-context";
    static final String TENANT = "tenant";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private Contract() {}

    /** By message name. */
    static SortedMap<String, ObjectNode> schemas() {
        SortedMap<String, ObjectNode> schemas = new TreeMap<>();
        for (String type : EventTypes.all()) {
            Class<? extends ChannelEvent> event = EventTypes.recordOf(type).orElseThrow();
            schemas.put(type, RecordSchema.file(type, event));
        }
        schemas.put(LEAD_CONTEXT, RecordSchema.file(LEAD_CONTEXT, writtenContext()));
        schemas.put(TENANT, RecordSchema.file(TENANT, Tenant.class));
        return schemas;
    }

    /** The form a context is written in, which is nobody's business but the codec's and the reader's of the topic. */
    private static Class<?> writtenContext() {
        return Arrays.stream(LeadContextCodec.class.getDeclaredClasses())
                .filter(type -> type.getSimpleName().equals("Written"))
                .findFirst()
                .orElseThrow();
    }

    static ObjectNode asyncApi() {
        ObjectNode api = JSON.objectNode();
        api.put("asyncapi", "3.0.0");
        api.putObject("info")
                .put("title", "Throughline")
                .put("version", "1.0.0")
                .put(
                        "description",
                        "Everything that happens to a lead on any channel, in order per lead, kept for ever; and what is"
                                + " known of each lead and tenant. Fields, types and enum constants may be added at any"
                                + " time: pass over what you do not know.");
        api.put("defaultContentType", "application/json");
        ObjectNode channels = api.putObject("channels");
        ObjectNode operations = api.putObject("operations");
        ObjectNode messages = api.putObject("components").putObject("messages");
        EventTypes.all().stream()
                .sorted()
                .forEach(type -> messages.set(type, message(type, eventHeaders(type), "leadId")));
        messages.set(LEAD_CONTEXT, message(LEAD_CONTEXT, null, "leadId"));
        messages.set(TENANT, message(TENANT, null, "tenantId"));
        topic(
                channels,
                operations,
                "channelEvents",
                Topics.CHANNEL_EVENTS,
                "Every event of every channel, in the CloudEvents 1.0 Kafka binary binding.",
                "delete",
                EventTypes.all().stream().sorted().toList());
        topic(
                channels,
                operations,
                "leadContexts",
                Topics.LEAD_CONTEXTS,
                "The folded context per lead; the last record of a key counts, an empty value takes it back.",
                "compact",
                List.of(LEAD_CONTEXT));
        topic(
                channels,
                operations,
                "tenants",
                Topics.TENANTS,
                "The configuration per tenant; the last record of a key counts.",
                "compact",
                List.of(TENANT));
        return api;
    }

    private static void topic(
            ObjectNode channels,
            ObjectNode operations,
            String name,
            String topic,
            String description,
            String cleanup,
            List<String> messages) {
        ObjectNode channel = channels.putObject(name);
        channel.put("address", topic).put("description", description);
        ObjectNode listed = channel.putObject("messages");
        messages.forEach(message -> listed.putObject(message).put("$ref", "#/components/messages/" + message));
        channel.putObject("bindings")
                .putObject("kafka")
                .put("topic", topic)
                .put("bindingVersion", "0.5.0")
                .putObject("topicConfiguration")
                .putArray("cleanup.policy")
                .add(cleanup);
        ObjectNode operation =
                operations.putObject("receive" + Character.toUpperCase(name.charAt(0)) + name.substring(1));
        operation.put("action", "receive").putObject("channel").put("$ref", "#/channels/" + name);
    }

    private static ObjectNode message(String name, @Nullable ObjectNode headers, String key) {
        ObjectNode message = JSON.objectNode();
        message.put("name", name).put("contentType", "application/json");
        if (headers != null) {
            message.set("headers", headers);
        }
        message.putObject("payload")
                .put("schemaFormat", "application/schema+json;version=draft-07")
                .putObject("schema")
                .put("$ref", "schemas/" + name + ".json");
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", "0.5.0")
                .set("key", text("uuid").put("description", key));
        return message;
    }

    private static ObjectNode eventHeaders(String type) {
        ObjectNode headers = JSON.objectNode().put("type", "object");
        ObjectNode properties = headers.putObject("properties");
        Map<String, ObjectNode> attributes = new TreeMap<>(Map.of(
                "ce_specversion", JSON.objectNode().put("const", "1.0"),
                "ce_id", text("uuid").put("description", "Two records with one id are one event."),
                "ce_type", JSON.objectNode().put("const", type),
                "ce_source",
                        JSON.objectNode().put("type", "string").put("description", "The service that recorded it."),
                "ce_time", text("date-time").put("description", "When it happened."),
                "ce_subject", text("uuid").put("description", "The lead, as the key."),
                "ce_tenantid", text("uuid").put("description", "The business.")));
        attributes.forEach(properties::set);
        ArrayNode required = headers.putArray("required");
        attributes.keySet().forEach(required::add);
        return headers;
    }

    private static ObjectNode text(String format) {
        return JSON.objectNode().put("type", "string").put("format", format);
    }
}

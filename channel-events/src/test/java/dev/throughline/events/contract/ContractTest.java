package dev.throughline.events.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.throughline.events.ChannelEvent;
import dev.throughline.events.EventCodec;
import dev.throughline.events.EventTypes;
import dev.throughline.events.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * {@code docs/events} is what the code says. With {@code -Dcontract.update=true} it is written anew, and what is new becomes part of what
 * was published; a break never does: it is taken out of {@code published.json} by hand, where everybody sees it.
 */
class ContractTest {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Path DOCS = Path.of("../docs/events");
    private static final Path PUBLISHED = DOCS.resolve("published.json");
    private static final boolean UPDATE = Boolean.getBoolean("contract.update");

    static List<ChannelEvent> everyType() {
        return Samples.ofEveryType();
    }

    @Test
    void shouldBreakNothingThatWasPublished() throws IOException {
        SortedMap<String, ObjectNode> now = Contract.schemas();
        if (UPDATE && Files.notExists(PUBLISHED)) {
            write(PUBLISHED, published(now));
        }
        JsonNode published = JSON.readTree(PUBLISHED.toFile());
        List<String> breaks = new ArrayList<>();
        published
                .properties()
                .forEach(message -> breaks.addAll(Compatibility.breaks(
                        message.getKey(),
                        message.getValue(),
                        now.containsKey(message.getKey())
                                ? now.get(message.getKey())
                                : JSON.createObjectNode().path("gone"))));

        assertThat(breaks)
                .as("others read these; see docs/events/README.md on how the contract may change")
                .isEmpty();
        if (UPDATE) {
            write(PUBLISHED, published(now));
        }
        assertThat(JSON.readTree(PUBLISHED.toFile()))
                .as("something new is published: run with -Dcontract.update=true and review it")
                .isEqualTo(JSON.valueToTree(published(now)));
    }

    @Test
    void shouldPublishWhatTheCodeSays() throws IOException {
        SortedMap<Path, ObjectNode> files = new TreeMap<>();
        files.put(DOCS.resolve("asyncapi.json"), Contract.asyncApi());
        Contract.schemas().forEach((name, schema) -> files.put(DOCS.resolve("schemas/" + name + ".json"), schema));

        for (var file : files.entrySet()) {
            if (UPDATE) {
                write(file.getKey(), file.getValue());
            }
            assertThat(file.getKey())
                    .as("run with -Dcontract.update=true and review it")
                    .exists();
            assertThat(JSON.readTree(file.getKey().toFile())).isEqualTo(file.getValue());
        }
        try (var schemas = Files.list(DOCS.resolve("schemas"))) {
            assertThat(schemas.toList()).allSatisfy(file -> assertThat(files).containsKey(file));
        }
    }

    @ParameterizedTest
    @MethodSource("everyType")
    void shouldDescribeWhatIsWritten(ChannelEvent event) throws IOException {
        String type = EventTypes.nameOf(event);
        JsonNode schema = Contract.schemas().get(type);

        assertThat(misfits(type, schema, JSON.readTree(EventCodec.data(event)))).isEmpty();
        assertThat(schema.path("description").asText()).as("Javadoc of " + type).isNotBlank();
    }

    /** Where a value is not as described: a field nobody described, a required one that is missing, another type. */
    private static List<String> misfits(String path, JsonNode schema, JsonNode value) {
        List<String> misfits = new ArrayList<>();
        boolean fits =
                switch (schema.path("type").asText("")) {
                    case "object" -> value.isObject();
                    case "array" -> value.isArray();
                    case "string" -> value.isTextual();
                    case "integer" -> value.isIntegralNumber();
                    case "number" -> value.isNumber();
                    case "boolean" -> value.isBoolean();
                    default -> true;
                };
        if (!fits) {
            misfits.add(path + " is " + value.getNodeType());
        }
        schema.path("required").forEach(field -> {
            if (!value.has(field.asText())) {
                misfits.add(path + " lacks " + field.asText());
            }
        });
        if (schema.has("properties")) {
            value.properties().forEach(field -> {
                JsonNode described = schema.path("properties").path(field.getKey());
                if (described.isMissingNode()) {
                    misfits.add(path + "." + field.getKey() + " is not described");
                } else {
                    misfits.addAll(misfits(path + "." + field.getKey(), described, field.getValue()));
                }
            });
        }
        if (schema.has("items")) {
            value.forEach(item -> misfits.addAll(misfits(path + "[]", schema.path("items"), item)));
        }
        return misfits;
    }

    /** Shapes only: wording may change. */
    private static SortedMap<String, JsonNode> published(SortedMap<String, ObjectNode> schemas) {
        SortedMap<String, JsonNode> published = new TreeMap<>();
        schemas.forEach((name, schema) -> {
            ObjectNode shape = schema.deepCopy();
            shape.remove(List.of("$schema", "title"));
            withoutWords(shape);
            published.put(name, shape);
        });
        return published;
    }

    private static void withoutWords(JsonNode schema) {
        if (schema instanceof ObjectNode object) {
            if (object.path("description").isTextual()) {
                object.remove("description");
            }
            object.path("properties").forEach(ContractTest::withoutWords);
            withoutWords(object.path("items"));
            withoutWords(object.path("additionalProperties"));
        }
    }

    private static void write(Path file, Object content) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, JSON.writeValueAsString(content) + "\n");
    }
}

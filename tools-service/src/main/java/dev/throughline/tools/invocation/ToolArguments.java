package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The arguments of a tool call, found by name whatever the spelling: {@code serviceId}, {@code service_id} and {@code ServiceID} are
 * one. Blank texts and nulls count as absent, because models send them for what they do not know.
 */
final class ToolArguments {

    /** Members that say who calls; they are never the model's words and stand in the event's envelope already. */
    private static final Set<String> IDENTITY = Set.of(
            "tenantid",
            "leadid",
            "callsid",
            "callid",
            "conversationid",
            "customerphone",
            "callernumber",
            "agentid",
            "sessionid",
            "toolsecret",
            "idempotencykey");

    /** Members by which a customer is found; a visitor of a page is known already, and finds nobody else. */
    private static final Set<String> WHO_CALLS =
            Set.of("leadid", "callsid", "callid", "customerphone", "callernumber", "phonenumber", "phone");

    private static final int MAX_RECORDED_CHARS = 8_000;

    private final Map<String, JsonNode> byName = new LinkedHashMap<>();
    private final ObjectNode written;

    /** @param written an object; of members that are spelled differently but mean one, the first counts */
    ToolArguments(ObjectNode written) {
        this.written = written;
        written.properties().forEach(member -> byName.putIfAbsent(plain(member.getKey()), member.getValue()));
    }

    /**
     * The first of the names that is there, as text without surrounding space and control characters.
     *
     * @param names in camel case, the preferred first
     */
    Optional<String> text(String... names) {
        for (String name : names) {
            JsonNode value = byName.get(plain(name));
            if (value != null && value.isValueNode() && !value.isNull()) {
                String text = value.asText().replaceAll("\\p{Cntrl}", " ").strip();
                if (!text.isEmpty()) {
                    return Optional.of(text);
                }
            }
        }
        return Optional.empty();
    }

    /** As {@link #text(String...)}, under every name of the parameter. */
    Optional<String> text(Parameter parameter) {
        return text(parameter.spellings().toArray(String[]::new));
    }

    /** As {@link #text(Parameter)}, cut to a length. */
    Optional<String> text(int maxChars, Parameter parameter) {
        return text(maxChars, parameter.spellings().toArray(String[]::new));
    }

    /** As {@link #text(String...)}, cut to a length. */
    Optional<String> text(int maxChars, String... names) {
        return text(names).map(text -> text.length() <= maxChars ? text : text.substring(0, maxChars));
    }

    /** As {@link #text(Parameter)}, of a list: each of its texts, and of an object in it the id or the name; of a single value that one. */
    List<String> texts(Parameter parameter) {
        for (String name : parameter.spellings()) {
            JsonNode value = byName.get(plain(name));
            if (value != null && value.isArray() && !value.isEmpty()) {
                List<String> texts = new ArrayList<>();
                value.forEach(one -> new ToolArguments(
                                one instanceof ObjectNode object
                                        ? object
                                        : JsonNodeFactory.instance.objectNode().set("id", one))
                        .text("id", "serviceId", "addOnId", "name", "service")
                        .ifPresent(texts::add));
                if (!texts.isEmpty()) {
                    return texts;
                }
            }
        }
        return text(parameter).map(List::of).orElse(List.of());
    }

    /** What may be recorded of them: without identity, and nothing at all of what is unreasonably long. */
    JsonNode recorded() {
        ObjectNode kept = JsonNodeFactory.instance.objectNode();
        written.properties().forEach(member -> {
            if (!IDENTITY.contains(plain(member.getKey()))) {
                kept.set(member.getKey(), member.getValue());
            }
        });
        return kept.toString().length() <= MAX_RECORDED_CHARS ? kept : JsonNodeFactory.instance.objectNode();
    }

    /** The same arguments as this lead's, who has neither number nor call, whatever they said of that. */
    ToolArguments ofVisitor(UUID leadId) {
        ObjectNode theirs = JsonNodeFactory.instance.objectNode().put("leadId", leadId.toString());
        written.properties().forEach(member -> {
            if (!WHO_CALLS.contains(plain(member.getKey()))) {
                theirs.set(member.getKey(), member.getValue());
            }
        });
        return new ToolArguments(theirs);
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
    }
}

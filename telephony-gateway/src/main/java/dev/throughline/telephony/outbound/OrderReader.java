package dev.throughline.telephony.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.platform.web.Problem.Field;
import dev.throughline.telephony.call.IdempotencyKey;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a request and names everything that is wrong with it. Pure. */
final class OrderReader {

    private static final int MOST_QUESTIONS = 50;
    private static final int MOST_VARIABLES = 50;
    private static final int LONGEST_QUESTION = 500;
    private static final int LONGEST_VALUE = 2000;
    private static final int LONGEST_ID = 200;
    private static final Pattern QUESTION_ID = Pattern.compile("[A-Za-z0-9_-]{1,64}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    private final Tenant tenant;
    private final Set<String> reserved;
    private final List<Field> wrong = new ArrayList<>();

    /** @param reserved names of variables that are ours to set */
    private OrderReader(Tenant tenant, Set<String> reserved) {
        this.tenant = tenant;
        this.reserved = reserved;
    }

    /**
     * The order.
     *
     * @param via of the query, null when it names none
     * @param key of the header, null when there is none
     * @throws Problem 400 that names every wrong field
     */
    static Order read(
            OutboundRequest request, Tenant tenant, Set<String> reserved, @Nullable String via, @Nullable String key) {
        return new OrderReader(tenant, reserved).read(request, via, key);
    }

    private Order read(OutboundRequest request, @Nullable String via, @Nullable String key) {
        String leadId = text(request.leadId());
        String number = text(request.to());
        if (leadId.isEmpty() && number.isEmpty()) {
            wrong.add(new Field("to", "or leadId is needed"));
        }
        UUID lead = leadId(leadId);
        String to = number(number);
        List<Question> questions = questions(request.questions() == null ? List.of() : request.questions());
        Map<String, String> variables = variables(request.variables() == null ? Map.of() : request.variables());
        String agent = bounded("agentId", text(request.agentId()));
        Via way = via(one("via", text(via), text(request.via())));
        String idempotencyKey = IdempotencyKey.read(key, request.idempotencyKey(), wrong);
        if (!wrong.isEmpty()) {
            throw Problem.invalid(wrong);
        }
        return new Order(tenant, lead, to, questions, variables, agent, way, idempotencyKey);
    }

    private @Nullable UUID leadId(String text) {
        if (text.isEmpty()) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            wrong.add(new Field("leadId", "must be a UUID"));
            return null;
        }
    }

    private @Nullable String number(String text) {
        if (text.isEmpty()) {
            return null;
        }
        Optional<String> number = PhoneNumbers.normalise(text, tenant.country());
        if (number.isEmpty()) {
            wrong.add(
                    new Field("to", "is not a phone number: write it with its country code, for example +12025550142"));
        }
        return number.orElse(null);
    }

    private List<Question> questions(List<JsonNode> nodes) {
        if (nodes.size() > MOST_QUESTIONS) {
            wrong.add(new Field("questions", "may be at most " + MOST_QUESTIONS));
            return List.of();
        }
        List<Question> questions = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < nodes.size(); i++) {
            String field = "questions[" + i + "]";
            JsonNode node = nodes.get(i);
            JsonNode text = node.isObject() ? node.path("text") : node;
            String id = node.path("id").asText("question_" + (i + 1));
            if (!text.isTextual() || text.textValue().isBlank()) {
                wrong.add(new Field(field, "must be a text, or an object with id and text"));
            } else if (text.textValue().strip().length() > LONGEST_QUESTION) {
                wrong.add(new Field(field, "may have at most " + LONGEST_QUESTION + " characters"));
            } else if (!QUESTION_ID.matcher(id).matches()) {
                wrong.add(new Field(field + ".id", "may have up to 64 letters, digits, hyphens and underscores"));
            } else if (!ids.add(id)) {
                wrong.add(new Field(field + ".id", "is the id of an earlier question"));
            } else {
                questions.add(new Question(id, text.textValue().strip()));
            }
        }
        return questions;
    }

    private Map<String, String> variables(Map<String, JsonNode> nodes) {
        if (nodes.size() > MOST_VARIABLES) {
            wrong.add(new Field("variables", "may be at most " + MOST_VARIABLES));
            return Map.of();
        }
        Map<String, String> variables = new LinkedHashMap<>();
        nodes.forEach((name, value) -> {
            String problem = problemWith(name, value);
            if (problem == null) {
                variables.put(name, value.asText());
            } else {
                wrong.add(new Field("variables." + name, problem));
            }
        });
        return variables;
    }

    private @Nullable String problemWith(String name, @Nullable JsonNode value) {
        if (name.startsWith("system__") || name.startsWith("secret__")) {
            return "is reserved by ElevenLabs: choose another name";
        }
        if (reserved.contains(name)) {
            return "is set by the suite for every conversation: choose another name";
        }
        if (!VARIABLE.matcher(name).matches()) {
            return "must have a name of up to 64 letters, digits and underscores";
        }
        if (value == null || !value.isValueNode() || value.isNull()) {
            return "must be a text, a number, true or false";
        }
        return value.asText().length() > LONGEST_VALUE ? "may have at most " + LONGEST_VALUE + " characters" : null;
    }

    private Via via(String word) {
        if (word.isEmpty()) {
            return Via.NATIVE;
        }
        Optional<Via> via = Via.of(word);
        if (via.isEmpty()) {
            wrong.add(new Field("via", "must be native or bridge"));
        }
        return via.orElse(Via.NATIVE);
    }

    /** What the request says outside and inside its body, which must be the same where both say something. */
    private String one(String field, String outside, String inside) {
        if (!outside.isEmpty() && !inside.isEmpty() && !inside.equals(outside)) {
            wrong.add(new Field(field, "differs between the body and the request's address"));
        }
        return outside.isEmpty() ? inside : outside;
    }

    private @Nullable String bounded(String field, String text) {
        if (text.length() > LONGEST_ID) {
            wrong.add(new Field(field, "may have at most " + LONGEST_ID + " characters"));
        }
        return text.isEmpty() ? null : text;
    }

    private static String text(@Nullable String text) {
        return text == null ? "" : text.strip();
    }
}

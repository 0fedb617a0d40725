package dev.throughline.simulator.elevenlabs.postcall;

import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** {@code GET /v1/convai/conversations} and {@code …/{id}}. */
public final class PostCallRoutes {

    private final Services services;

    /** Serves the conversations of {@code services}. */
    public PostCallRoutes(Services services) {
        this.services = services;
    }

    /** Mounts the endpoints. */
    public void mount(Router router) {
        router.get("/v1/convai/conversations").handler(Answers.json(this::list));
        router.get("/v1/convai/conversations/:id").handler(Answers.json(this::get));
    }

    private JsonObject get(RoutingContext context) {
        return services.conversations()
                .find(context.pathParam("id"))
                .map(record -> ConversationDocument.of(record))
                .orElseThrow(() -> ApiError.notFound("conversation"));
    }

    private JsonObject list(RoutingContext context) {
        List<ConversationRecord> found = new ArrayList<>(services.conversations().all().stream()
                .filter(record -> matches(context, record))
                .toList());
        Collections.reverse(found);
        int size = number(context, "page_size", 30, 1, 100);
        int from = Math.min(number(context, "cursor", 0, 0, Integer.MAX_VALUE), found.size());
        int to = Math.min(found.size(), from + size);
        boolean more = to < found.size();
        JsonArray rows = new JsonArray();
        found.subList(from, to).forEach(record -> rows.add(ConversationDocument.row(record)));
        return new JsonObject()
                .put("conversations", rows)
                .put("next_cursor", more ? String.valueOf(to) : null)
                .put("has_more", more);
    }

    private static boolean matches(RoutingContext context, ConversationRecord record) {
        String agent = query(context, "agent_id");
        String user = query(context, "user_id");
        String text = query(context, "text_only");
        String successful = query(context, "call_successful");
        long started = record.startedAt().getEpochSecond();
        return (agent.isEmpty() || agent.equals(record.agentId()))
                && (user.isEmpty() || user.equals(record.clientData().getString("user_id")))
                && (text.isEmpty() || Boolean.parseBoolean(text) == record.textOnly())
                && (successful.isEmpty()
                        || successful.equals(ConversationDocument.row(record).getString("call_successful")))
                && started > number(context, "call_start_after_unix", -1, -1, Integer.MAX_VALUE)
                && started < number(context, "call_start_before_unix", Integer.MAX_VALUE, 0, Integer.MAX_VALUE);
    }

    private static int number(RoutingContext context, String name, int otherwise, int min, int max) {
        String value = query(context, name);
        if (value.isEmpty()) {
            return otherwise;
        }
        try {
            int number = Integer.parseInt(value);
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Falls through to the same refusal as a number out of range.
        }
        throw ApiError.invalid("int_parsing", "Input should be from " + min + " to " + max, value, "query", name);
    }

    private static String query(RoutingContext context, String name) {
        return String.join("", context.queryParam(name));
    }
}

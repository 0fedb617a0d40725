package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.PublicRoute;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/** Calls webhook tools over real HTTP. Never fails: whatever goes wrong is an outcome with {@code isError}. Follows no redirect. */
public final class WebhookTools {

    private final Vertx vertx;
    private final HttpClient client;
    private final Workspace workspace;
    private final PublicRoute route;
    private final FaultPlan faults;
    private final Violations violations;

    /** Dials through {@code route}; the fault {@code slow-tool} with {@code millis} delays a call of the tool it matches. */
    public WebhookTools(Vertx vertx, Workspace workspace, PublicRoute route, FaultPlan faults, Violations violations) {
        this.vertx = vertx;
        this.client = vertx.createHttpClient(new HttpClientOptions().setConnectTimeout(5000));
        this.workspace = workspace;
        this.route = route;
        this.faults = faults;
        this.violations = violations;
    }

    /** Calls the tool with configuration {@code tool}; {@code arguments} are the values a language model would have chosen. */
    Future<ToolOutcome> call(JsonObject tool, JsonObject arguments, Variables variables, String conversationId) {
        JsonObject schema = tool.getJsonObject("api_schema");
        ToolRequest request = ToolRequest.build(schema, arguments, variables::value, id -> workspace
                .secretValue(id)
                .orElse(null));
        String name = tool.getString("name");
        request.problems().forEach(problem -> violations.add("tool_arguments", conversationId, name + ": " + problem));
        long timeout = (long) (Json.number(tool, "response_timeout_secs", 20) * 1000);
        long started = System.nanoTime();
        return pause(name)
                .compose(ready -> send(request, timeout))
                .map(answer -> outcome(tool, request, answer, started))
                .otherwise(failure -> failed(tool, request, "external_server", reason(failure), started));
    }

    private Future<Void> pause(String tool) {
        return faults.take("slow-tool", tool)
                .map(fault -> vertx.timer(fault.options().getLong("millis", 3000L), TimeUnit.MILLISECONDS)
                        .<Void>mapEmpty())
                .orElseGet(Future::succeededFuture);
    }

    private Future<Answer> send(ToolRequest request, long timeout) {
        RequestOptions options = route.request(request.method(), request.url())
                .setTimeout(timeout)
                .setFollowRedirects(false);
        request.headers().forEach(options::putHeader);
        return client.request(options)
                .compose(http -> request.body().isEmpty() ? http.send() : http.send(Buffer.buffer(request.body())))
                .compose(response -> response.body().map(body -> Answer.of(response, body)));
    }

    private ToolOutcome outcome(JsonObject tool, ToolRequest request, Answer answer, long started) {
        if (answer.status() < 200 || answer.status() >= 300) {
            return failed(tool, request, "external_server", "HTTP " + answer.status() + ": " + answer.body(), started);
        }
        return new ToolOutcome(filtered(tool, answer.body()), false, seconds(started), "", "", details(request));
    }

    /** Unless its mode says otherwise, a custom webhook's error text is hidden from the agent. */
    private ToolOutcome failed(JsonObject tool, ToolRequest request, String type, String reason, long started) {
        String mode = tool.getString("tool_error_handling_mode", "auto");
        String shown = mode.equals("passthrough") || mode.equals("summarized") ? reason : "Tool call failed";
        return new ToolOutcome(shown, true, seconds(started), type, reason, details(request));
    }

    private static String filtered(JsonObject tool, String body) {
        JsonObject filter = Json.object(tool, "api_schema.response_filter");
        switch (filter.getString("mode", "all")) {
            case "hide_all":
                return "";
            case "allow":
                try {
                    JsonObject kept = new JsonObject();
                    JsonObject whole = new JsonObject(body);
                    for (Object path : filter.getJsonArray("filters", new JsonArray())) {
                        keep(whole, kept, String.valueOf(path).split("\\."));
                    }
                    return kept.encode();
                } catch (RuntimeException notAnObject) {
                    return body;
                }
            default:
                return body;
        }
    }

    private static void keep(JsonObject from, JsonObject to, String[] path) {
        JsonObject source = from;
        JsonObject target = to;
        for (int i = 0; i < path.length - 1; i++) {
            if (!(source.getValue(path[i]) instanceof JsonObject deeper)) {
                return;
            }
            if (!(target.getValue(path[i]) instanceof JsonObject)) {
                target.put(path[i], new JsonObject());
            }
            source = deeper;
            target = target.getJsonObject(path[i]);
        }
        String last = path[path.length - 1];
        if (source.containsKey(last)) {
            target.put(last, source.getValue(last));
        }
    }

    private static JsonObject details(ToolRequest request) {
        JsonObject headers = new JsonObject();
        request.headers().forEach((name, value) -> {
            if (name.equalsIgnoreCase("Content-Type")) {
                headers.put("content-type", value);
            }
        });
        return new JsonObject()
                .put("type", "webhook")
                .put("method", request.method().name())
                .put("url", request.url())
                .put("headers", headers)
                .put("path_params", new JsonObject())
                .put("query_params", new JsonObject())
                .put("body", request.body().isEmpty() ? null : request.body());
    }

    private static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private static double seconds(long startedNanos) {
        return Math.round((System.nanoTime() - startedNanos) / 1e6) / 1e3;
    }

    private record Answer(int status, String body) {
        static Answer of(HttpClientResponse response, Buffer body) {
            return new Answer(response.statusCode(), body.toString());
        }
    }
}

package dev.throughline.simulator.elevenlabs.conversation;

import dev.throughline.simulator.elevenlabs.account.Json;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/** Client tools under way on one socket: each waits for its {@code client_tool_result} or for its time-out. */
final class ClientTools {

    private final Vertx vertx;
    private final Map<String, Promise<ToolOutcome>> waiting = new HashMap<>();

    ClientTools(Vertx vertx) {
        this.vertx = vertx;
    }

    /** Waits for the answer to {@code callId}; a tool without {@code expects_response} has answered already. */
    Future<ToolOutcome> expect(JsonObject tool, String callId, JsonObject arguments) {
        JsonObject details = new JsonObject().put("type", "client").put("parameters", arguments.encode());
        if (!tool.getBoolean("expects_response", false)) {
            return Future.succeededFuture(new ToolOutcome("{\"success\":true}", false, 0, "", "", details));
        }
        Promise<ToolOutcome> promise = Promise.promise();
        waiting.put(callId, promise);
        long timeout = (long) (Json.number(tool, "response_timeout_secs", 20) * 1000);
        vertx.setTimer(timeout, timer -> {
            waiting.remove(callId);
            promise.tryComplete(new ToolOutcome(
                    "Tool call timed out", true, timeout / 1e3, "client_timeout", "no result", details));
        });
        long started = System.nanoTime();
        return promise.future()
                .map(answer -> new ToolOutcome(
                        answer.result(),
                        answer.isError(),
                        (System.nanoTime() - started) / 1_000_000 / 1e3,
                        answer.errorType(),
                        answer.rawError(),
                        details));
    }

    /** Takes a result; false when nothing waits for it. */
    boolean result(String callId, String result, boolean isError) {
        Promise<ToolOutcome> promise = waiting.remove(callId);
        return promise != null
                && promise.tryComplete(new ToolOutcome(
                        result, isError, 0, isError ? "external_client" : "", isError ? result : "", new JsonObject()));
    }
}

package dev.throughline.simulator.elevenlabs.account;

import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.function.Function;

/**
 * Reading requests and answering them. A fault armed for after the work (see {@link #misbehaveAfterwards}) strikes here, when what
 * was asked for has happened and only the answer is left.
 */
public final class Answers {

    private static final String AFTERWARDS = "fault-afterwards";
    private static final String JSON = "application/json";

    private Answers() {}

    /** Answers 200 with what {@code answer} gives: a {@link JsonObject} or a {@link JsonArray}. */
    public static Handler<RoutingContext> json(Function<RoutingContext, Object> answer) {
        return context -> send(context, JSON, answer.apply(context).toString());
    }

    /** The same for an answer that takes its time; a failure goes to the failure handler of the {@link Router}. */
    public static Handler<RoutingContext> jsonLater(Function<RoutingContext, Future<JsonObject>> answer) {
        return context -> answer.apply(context)
                .onSuccess(body -> send(context, JSON, body.encode()))
                .onFailure(context::fail);
    }

    /** Answers 200 with {@code body}. */
    public static void send(RoutingContext context, String contentType, String body) {
        Fault fault = context.get(AFTERWARDS);
        if (fault != null && fault.kind().equals("rest-error")) {
            context.fail(ApiError.fault(fault.options()));
        } else if (fault != null) {
            context.vertx()
                    .setTimer(ApiError.delayMillis(fault.options()), timer -> sendNow(context, contentType, body));
        } else {
            sendNow(context, contentType, body);
        }
    }

    /** Has {@code fault} (of kind {@code rest-error} or {@code rest-slow}) strike when the request was carried out. */
    public static void misbehaveAfterwards(RoutingContext context, Fault fault) {
        context.put(AFTERWARDS, fault);
    }

    /** The request's body as an object; the provider's 422 when it is not one. */
    public static JsonObject body(RoutingContext context) {
        try {
            JsonObject body = context.body().asJsonObject();
            if (body != null) {
                return body;
            }
        } catch (RuntimeException malformed) {
            throw ApiError.invalid("json_invalid", "JSON decode error", "");
        }
        throw ApiError.invalid("missing", "Field required", "");
    }

    private static void sendNow(RoutingContext context, String contentType, String body) {
        if (!context.response().ended() && !context.response().closed()) {
            context.response().putHeader("content-type", contentType).end(body);
        }
    }
}

package dev.throughline.simulator.twilio;

import dev.throughline.simulator.twilio.account.NumberDirectory;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.VoiceResources;
import dev.throughline.simulator.twilio.call.CallControl;
import dev.throughline.simulator.twilio.message.MessageControl;
import dev.throughline.simulator.twilio.webhook.WebhookLog;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.NoSuchElementException;
import java.util.function.Function;

/** Control and inspection under {@code /_sim}, which no provider has. Answers 400 with {@code {"error":…}} to a bad request. */
final class ControlApi {

    private final CallControl calls;
    private final MessageControl messages;
    private final NumberDirectory numbers;
    private final VoiceResources applications;
    private final FaultPlan faults;
    private final Violations violations;
    private final WebhookLog webhooks;

    ControlApi(
            CallControl calls,
            MessageControl messages,
            NumberDirectory numbers,
            VoiceResources applications,
            FaultPlan faults,
            Violations violations,
            WebhookLog webhooks) {
        this.calls = calls;
        this.messages = messages;
        this.numbers = numbers;
        this.applications = applications;
        this.faults = faults;
        this.violations = violations;
        this.webhooks = webhooks;
    }

    void addTo(Router router) {
        router.get("/_sim/health").handler(context -> json(context, new JsonObject().put("status", "UP")));
        control(router, "/_sim/calls", calls::start);
        router.get("/_sim/calls").handler(context -> json(context, calls.list()));
        router.get("/_sim/calls/:sid").handler(context -> show(context, context.pathParam("sid")));
        router.get("/_sim/calls/:sid/recording.wav").handler(this::recording);
        router.post("/_sim/calls/:sid/hangup")
                .handler(context -> guarded(context, () -> calls.hangUp(context.pathParam("sid"))));
        control(router, "/_sim/callees", request -> {
            calls.setCallee(request);
            return request;
        });
        control(router, "/_sim/limits", calls::limit);
        control(router, "/_sim/applications", request -> {
            MultiMap settings = MultiMap.caseInsensitiveMultiMap();
            request.forEach(each -> settings.add(each.getKey(), String.valueOf(each.getValue())));
            return applications.put(request.getString("sid", ""), settings);
        });
        control(router, "/_sim/messages", messages::receive);
        router.get("/_sim/messages")
                .handler(context ->
                        json(context, messages.list(context.queryParams().get("with"))));
        control(router, "/_sim/messaging-service", request -> {
            numbers.useService(
                    request.getString("number", ""),
                    request.getString("messagingServiceSid"),
                    request.getBoolean("advancedOptOut", false));
            return request;
        });
        control(router, "/_sim/faults", request -> {
            faults.arm(Fault.from(request));
            return new JsonObject().put("faults", faults.toJson());
        });
        router.get("/_sim/faults").handler(context -> json(context, new JsonObject().put("faults", faults.toJson())));
        router.delete("/_sim/faults").handler(context -> {
            faults.clear();
            json(context, new JsonObject().put("faults", faults.toJson()));
        });
        router.get("/_sim/report").handler(context -> json(context, violations.toJson()));
        router.delete("/_sim/report").handler(context -> {
            violations.clear();
            json(context, violations.toJson());
        });
        router.get("/_sim/webhooks").handler(context -> {
            String subject = context.queryParams().get("subject");
            json(context, new JsonObject().put("webhooks", webhooks.toJson(subject == null ? "" : subject)));
        });
    }

    private static void control(Router router, String path, Function<JsonObject, JsonObject> handler) {
        router.post(path)
                .handler(context -> guarded(context, () -> {
                    JsonObject request = context.body().asJsonObject();
                    if (request == null) {
                        throw new IllegalArgumentException("a JSON object is required");
                    }
                    return handler.apply(request);
                }));
    }

    private void show(RoutingContext context, String sid) {
        context.vertx()
                .executeBlocking(() -> calls.show(sid), false)
                .onSuccess(shown -> json(context, shown))
                .onFailure(failure -> refuse(context, failure));
    }

    private void recording(RoutingContext context) {
        String sid = context.pathParam("sid");
        context.vertx()
                .executeBlocking(() -> calls.recording(sid), false)
                .onSuccess(wav -> context.response()
                        .putHeader("Content-Type", "audio/wav")
                        .end(Buffer.buffer(wav)))
                .onFailure(failure -> refuse(context, failure));
    }

    private static void guarded(RoutingContext context, java.util.function.Supplier<JsonObject> action) {
        try {
            json(context, action.get());
        } catch (RuntimeException e) {
            refuse(context, e);
        }
    }

    private static void refuse(RoutingContext context, Throwable failure) {
        if (failure instanceof TwilioError error) {
            RestApi.answer(context, error);
            return;
        }
        boolean badRequest = failure instanceof IllegalArgumentException
                || failure instanceof NoSuchElementException
                || failure instanceof ClassCastException
                || failure instanceof DecodeException;
        RestApi.answer(
                context, badRequest ? 400 : 500, new JsonObject().put("error", String.valueOf(failure.getMessage())));
    }

    private static void json(RoutingContext context, JsonObject body) {
        RestApi.answer(context, 200, body);
    }
}

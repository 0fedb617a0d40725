package dev.throughline.simulator.elevenlabs;

import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.postcall.WebhookDelivery;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;

/** Control and inspection under {@code /_sim}; never part of the provider's surface and without a key. */
final class ControlRoutes {

    private final Services services;
    private final WebhookDelivery webhooks;

    ControlRoutes(Services services, WebhookDelivery webhooks) {
        this.services = services;
        this.webhooks = webhooks;
    }

    void mount(Router router) {
        router.get("/_sim/health").handler(Answers.json(context -> new JsonObject().put("status", "up")));
        router.get("/_sim/conversations").handler(Answers.json(context -> {
            JsonArray all = new JsonArray();
            services.conversations().all().forEach(record -> all.add(record.inspectShortly()));
            return all;
        }));
        router.get("/_sim/conversations/:id").handler(Answers.json(context -> services.conversations()
                .find(context.pathParam("id"))
                .orElseThrow(() -> ApiError.notFound("conversation"))
                .inspect()));
        router.get("/_sim/webhooks").handler(Answers.json(context -> webhooks.log()));
        router.get("/_sim/frame-delays")
                .handler(Answers.json(context -> services.frames().summary()));
        router.delete("/_sim/frame-delays").handler(Answers.json(context -> {
            services.frames().clear();
            return services.frames().summary();
        }));
        router.get("/_sim/report")
                .handler(Answers.json(context -> services.violations().toJson()));
        router.delete("/_sim/report").handler(Answers.json(context -> {
            services.violations().clear();
            return services.violations().toJson();
        }));
        router.get("/_sim/faults")
                .handler(Answers.json(context -> services.faults().toJson()));
        router.post("/_sim/faults").handler(Answers.json(context -> {
            try {
                services.faults().arm(Fault.from(Answers.body(context)));
            } catch (IllegalArgumentException | IllegalStateException refused) {
                throw ApiError.legacy(400, "bad_fault", String.valueOf(refused.getMessage()));
            }
            return services.faults().toJson();
        }));
        router.delete("/_sim/faults").handler(Answers.json(context -> {
            services.faults().clear();
            return services.faults().toJson();
        }));
    }
}

package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Credentials;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Parameter;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code /v1/convai/phone-numbers}. An import takes the number over: its voice webhook at Twilio, and with {@code enable_sms} (on
 * unless it says otherwise) its message webhook too, are pointed at the provider.
 */
final class PhoneNumberRoutes {

    private static final String PATH = "/v1/convai/phone-numbers";

    private final Services services;
    private final Workspace workspace;
    private final TwilioRest twilio;
    private final NativeAddresses addresses;

    /** Serves the numbers of {@code services}; points them at {@code addresses} by way of {@code twilio}. */
    PhoneNumberRoutes(Services services, TwilioRest twilio, NativeAddresses addresses) {
        this.services = services;
        this.workspace = services.workspace();
        this.twilio = twilio;
        this.addresses = addresses;
    }

    /** Mounts the endpoints. */
    void mount(Router router) {
        router.post(PATH).handler(Answers.jsonLater(this::importNumber));
        router.get(PATH).handler(Answers.json(this::list));
        router.get(PATH + "/:id").handler(Answers.json(context -> number(context.pathParam("id"))));
        router.patch(PATH + "/:id").handler(Answers.json(this::change));
        router.delete(PATH + "/:id").handler(Answers.json(context -> {
            workspace.remove(Kind.PHONE_NUMBER, context.pathParam("id"));
            return new JsonObject();
        }));
    }

    private Future<JsonObject> importNumber(RoutingContext context) {
        JsonObject body = Answers.body(context);
        for (String field : List.of("phone_number", "label", "sid", "token")) {
            if (!(body.getValue(field) instanceof String)) {
                throw ApiError.missing(body.copy().put("token", "…"), "twilio", field);
            }
        }
        if (!body.getString("sid").startsWith("AC")) {
            throw refused("only account credentials are stood in for: sid must be AC…");
        }
        boolean texts = body.getBoolean("enable_sms", true);
        if (texts) {
            services.violations()
                    .add(
                            "sms_webhook_rewritten",
                            "phone-numbers",
                            "imported without enable_sms:false, so the number's SMS webhook now points at the provider");
        }
        Credentials account = Credentials.of(body);
        return twilio.numberSid(account, body.getString("phone_number"))
                .compose(sid -> sid.isEmpty()
                        ? Future.failedFuture(refused("The phone number was not found in the Twilio account"))
                        : twilio.changeNumber(account, sid.get(), webhooks(texts)))
                .recover(failure -> Future.failedFuture(
                        failure instanceof ApiError ? failure : refused(String.valueOf(failure.getMessage()))))
                .map(rewritten ->
                        new JsonObject().put("phone_number_id", workspace.add(Kind.PHONE_NUMBER, adopted(body))));
    }

    private JsonObject adopted(JsonObject body) {
        if (body.getValue("agent_id") instanceof String agent) {
            workspace.get(Kind.AGENT, agent);
        }
        return body;
    }

    private List<Parameter> webhooks(boolean texts) {
        List<Parameter> changes = new ArrayList<>(
                List.of(new Parameter("VoiceUrl", addresses.inboundCall()), new Parameter("VoiceMethod", "POST")));
        if (texts) {
            changes.add(new Parameter("SmsUrl", addresses.inboundText()));
            changes.add(new Parameter("SmsMethod", "POST"));
        }
        return changes;
    }

    private static ApiError refused(String why) {
        return ApiError.legacy(400, "invalid_provider_config", why);
    }

    private JsonObject change(RoutingContext context) {
        JsonObject body = Answers.body(context);
        if (body.getValue("agent_id") instanceof String agent) {
            workspace.get(Kind.AGENT, agent);
        }
        String id = context.pathParam("id");
        workspace.change(Kind.PHONE_NUMBER, id, number -> number.mergeIn(body));
        return number(id);
    }

    private JsonArray list(RoutingContext context) {
        String agent = String.join("", context.queryParam("agent_id"));
        String provider = String.join("", context.queryParam("provider"));
        JsonArray numbers = new JsonArray();
        for (String id : workspace.ids(Kind.PHONE_NUMBER)) {
            JsonObject number = number(id);
            if ((agent.isEmpty() || agent.equals(Json.text(number, "assigned_agent.agent_id", "")))
                    && (provider.isEmpty() || provider.equals(number.getString("provider")))) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private JsonObject number(String id) {
        JsonObject stored = workspace.get(Kind.PHONE_NUMBER, id);
        String agentId = stored.getString("agent_id");
        JsonObject assigned = agentId == null
                ? null
                : new JsonObject()
                        .put("agent_id", agentId)
                        .put(
                                "agent_name",
                                workspace
                                        .find(Kind.AGENT, agentId)
                                        .map(agent -> agent.getString("name", "New agent"))
                                        .orElse(""))
                        .put("environment", null)
                        .put("branch_id", null);
        return new JsonObject()
                .put("provider", "twilio")
                .put("phone_number", stored.getString("phone_number"))
                .put("label", stored.getString("label"))
                .put("phone_number_id", id)
                .put("assigned_agent", assigned)
                .put("supports_inbound", true)
                .put("supports_outbound", true);
    }
}

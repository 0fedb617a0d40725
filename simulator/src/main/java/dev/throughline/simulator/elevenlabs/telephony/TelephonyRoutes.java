package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.AccountRoutes;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.account.Ids;
import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRecord;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.postcall.WebhookDelivery;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;

/**
 * {@code POST /v1/convai/twilio/outbound-call}, and native inbound calls by {@code POST /_sim/native-calls}. No telephone network
 * is behind them: the customer is a list of lines (see {@link NativeCall}) that a test sets by {@code POST /_sim/outbound}.
 */
public final class TelephonyRoutes {

    private static final Set<String> CLIENT_DATA = Set.of(
            "conversation_config_override",
            "dynamic_variables",
            "custom_llm_extra_body",
            "user_id",
            "source_info",
            "branch_id",
            "environment",
            "starting_workflow_node_id",
            "procedure_ids",
            "tool_mock_config");
    private static final JsonObject ANSWERS = new JsonObject()
            .put("answer", "answered")
            .put("lines", new JsonArray().add("Hello.").add("Thank you, goodbye."));

    private final Services services;
    private final WebhookDelivery webhooks;
    private final InitiationWebhook initiation;
    private final Deque<JsonObject> customers = new ArrayDeque<>();

    /** Serves with {@code services}; failures are told through {@code webhooks}. */
    public TelephonyRoutes(Services services, WebhookDelivery webhooks) {
        this.services = services;
        this.webhooks = webhooks;
        this.initiation = new InitiationWebhook(services);
    }

    /** Mounts the provider's endpoint. */
    public void mount(Router router) {
        router.post("/v1/convai/twilio/outbound-call").handler(AccountRoutes.json(this::outboundCall));
    }

    /** Mounts the control endpoints. */
    public void mountControl(Router router) {
        router.post("/_sim/outbound").handler(AccountRoutes.json(context -> {
            customers.add(AccountRoutes.body(context));
            return new JsonObject().put("waiting", customers.size());
        }));
        router.post("/_sim/native-calls").handler(AccountRoutes.json(this::inboundCall));
    }

    private JsonObject outboundCall(RoutingContext context) {
        JsonObject body = AccountRoutes.body(context);
        for (String field : List.of("agent_id", "agent_phone_number_id", "to_number")) {
            if (!(body.getValue(field) instanceof String)) {
                throw ApiError.missing(body, field);
            }
        }
        JsonObject agent = services.workspace().get(Kind.AGENT, body.getString("agent_id"));
        JsonObject number = services.workspace().get(Kind.PHONE_NUMBER, body.getString("agent_phone_number_id"));
        String to = body.getString("to_number");
        if (!to.matches("\\+[1-9]\\d{6,14}")) {
            throw ApiError.of(
                    400, "validation_error", "invalid_parameters", "to_number must be in E.164 format", "to_number");
        }
        if (services.faults().take("outbound-failed", "outbound-call").isPresent()) {
            return new JsonObject()
                    .put("success", false)
                    .put("message", "Twilio rejected the call")
                    .put("conversation_id", null)
                    .put("callSid", null);
        }
        JsonObject data = clientData(body);
        JsonObject call =
                leg("outbound", number.getString("phone_number"), to, body.getString("agent_phone_number_id"));
        ConversationRecord record = record(body.getString("agent_id"), agent, call);
        JsonObject customer = customers.isEmpty() ? ANSWERS : customers.poll();
        String answer = customer.getString("answer", "answered");
        if (answer.equals("answered")) {
            start(record, call, data, body.containsKey("conversation_initiation_client_data"), lines(customer));
        } else {
            fail(record, call, answer);
        }
        return new JsonObject()
                .put("success", true)
                .put("message", "Success")
                .put("conversation_id", record.id())
                .put("callSid", call.getString("call_sid"));
    }

    private JsonObject clientData(JsonObject body) {
        JsonObject data =
                Json.object(body, "conversation_initiation_client_data").copy();
        for (String member : Set.copyOf(data.fieldNames())) {
            if (!CLIENT_DATA.contains(member)) {
                services.violations()
                        .add(
                                "ignored",
                                "outbound-call",
                                "the member " + member
                                        + " of conversation_initiation_client_data is not in the schema and is no variable");
                data.remove(member);
            }
        }
        return data;
    }

    private JsonObject inboundCall(RoutingContext context) {
        JsonObject body = AccountRoutes.body(context);
        String numberId = body.getString("phone_number_id", "");
        JsonObject number = services.workspace().get(Kind.PHONE_NUMBER, numberId);
        String agentId = number.getString("agent_id", "");
        JsonObject agent = services.workspace().get(Kind.AGENT, agentId);
        JsonObject call =
                leg("inbound", number.getString("phone_number"), body.getString("from", "+12025550142"), numberId);
        ConversationRecord record = record(agentId, agent, call);
        start(record, call, new JsonObject(), false, lines(body));
        return new JsonObject().put("conversationId", record.id()).put("callSid", call.getString("call_sid"));
    }

    private ConversationRecord record(String agentId, JsonObject agent, JsonObject call) {
        ConversationRecord record =
                new ConversationRecord(Ids.fresh("conv"), agentId, agent, "authorization_header", services.clock());
        record.phoneCall(call);
        services.conversations().add(record);
        return record;
    }

    private void start(
            ConversationRecord record, JsonObject call, JsonObject data, boolean hasData, List<String> lines) {
        if (hasData) {
            NativeCall.begin(services, record, data, lines);
            return;
        }
        initiation
                .ask(record, call)
                .onSuccess(answer -> NativeCall.begin(services, record, answer.isEmpty() ? data : answer, lines))
                .onFailure(failure -> {
                    services.violations()
                            .add("initiation_webhook", record.id(), "the call died: " + failure.getMessage());
                    NativeCall.fail(services, record, "initiation_webhook_failed");
                });
    }

    private void fail(ConversationRecord record, JsonObject call, String reason) {
        call.put("call_result", reason.replace('-', '_'));
        record.end(reason, 1000, new JsonObject().put("code", 1000).put("reason", reason));
        record.analysed();
        JsonObject form = new JsonObject()
                .put("AccountSid", "AC00000000000000000000000000000001")
                .put("ApiVersion", "2010-04-01")
                .put("CallSid", call.getString("call_sid"))
                .put("CallStatus", reason)
                .put("CallDuration", "0")
                .put("Duration", "0")
                .put("Called", call.getString("external_number"))
                .put("Caller", call.getString("agent_number"))
                .put("To", call.getString("external_number"))
                .put("From", call.getString("agent_number"))
                .put("Direction", "outbound-api")
                .put("CallbackSource", "call-progress-events")
                .put("SequenceNumber", "2")
                .put("SipResponseCode", reason.equals("busy") ? "486" : "480")
                .put(
                        "Timestamp",
                        java.time.format.DateTimeFormatter.RFC_1123_DATE_TIME.format(
                                services.clock().instant().atOffset(java.time.ZoneOffset.UTC)));
        String said = Set.of("busy", "no-answer").contains(reason) ? reason : "unknown";
        services.vertx()
                .setTimer(
                        services.timing().postCallDelay().toMillis(),
                        timer -> webhooks.initiationFailed(record, said, form));
    }

    private static List<String> lines(JsonObject customer) {
        return customer.getJsonArray("lines", new JsonArray()).stream()
                .map(String::valueOf)
                .toList();
    }

    private static JsonObject leg(String direction, String ours, String customer, String numberId) {
        return new JsonObject()
                .put("type", "twilio")
                .put("direction", direction)
                .put("phone_number_id", numberId)
                .put("agent_number", ours)
                .put("external_number", customer)
                .put("call_result", "answered")
                .put("stream_sid", "MZ" + hex())
                .put("call_sid", "CA" + hex());
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "").toLowerCase(Locale.ROOT);
    }
}

package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.elevenlabs.conversation.Conversation.Formats;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.telephony.NativeCalls.Leg;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Credentials;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Parameter;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** {@code POST /v1/convai/twilio/outbound-call} and {@code …/register-call}: calls the provider carries, asked for by REST. */
final class TelephonyRoutes {

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

    private final Services services;
    private final TwilioRest twilio;
    private final NativeAddresses addresses;
    private final NativeCalls calls;
    private final InitiationWebhook initiation;

    /** Serves with {@code services}; calls go out by way of {@code twilio} and come back to {@code addresses}. */
    TelephonyRoutes(
            Services services,
            TwilioRest twilio,
            NativeAddresses addresses,
            NativeCalls calls,
            InitiationWebhook initiation) {
        this.services = services;
        this.twilio = twilio;
        this.addresses = addresses;
        this.calls = calls;
        this.initiation = initiation;
    }

    /** Mounts the endpoints. */
    void mount(Router router) {
        router.post("/v1/convai/twilio/outbound-call").handler(Answers.jsonLater(this::outboundCall));
        router.post("/v1/convai/twilio/register-call").handler(this::registerCall);
    }

    private Future<JsonObject> outboundCall(RoutingContext context) {
        JsonObject body = Answers.body(context);
        required(body, "agent_id", "agent_phone_number_id", "to_number");
        String numberId = body.getString("agent_phone_number_id");
        JsonObject agent = services.workspace().get(Kind.AGENT, body.getString("agent_id"));
        JsonObject number = services.workspace().get(Kind.PHONE_NUMBER, numberId);
        String to = body.getString("to_number");
        e164(to, "to_number");
        List<Parameter> options = CallOptions.read(body);
        if (services.faults().take("outbound-failed", "outbound-call").isPresent()) {
            return Future.succeededFuture(answer(false, "Twilio rejected the call", null, null));
        }
        Credentials account = Credentials.of(number);
        Leg leg = new Leg("outbound", number.getString("phone_number"), to, numberId);
        NativeCall call = calls.open(
                body.getString("agent_id"), agent, leg, Optional.of(account), clientData(body, "outbound-call"));
        String conversation = call.record().id();
        List<Parameter> parameters = new ArrayList<>(List.of(
                new Parameter("To", to),
                new Parameter("From", leg.ours()),
                new Parameter("Url", addresses.outboundCall(conversation)),
                new Parameter("Method", "POST"),
                new Parameter("StatusCallback", addresses.status(conversation)),
                new Parameter("StatusCallbackMethod", "POST")));
        for (String event : List.of("initiated", "ringing", "answered", "completed")) {
            parameters.add(new Parameter("StatusCallbackEvent", event));
        }
        parameters.addAll(options);
        if (options.stream().anyMatch(option -> option.name().equals("MachineDetection"))) {
            parameters.add(new Parameter("AsyncAmdStatusCallback", addresses.machineDetection(conversation)));
        }
        return twilio.placeCall(account, parameters)
                .map(callSid -> {
                    call.placed(callSid);
                    return answer(true, "Success", conversation, callSid);
                })
                .otherwise(refused -> {
                    calls.forget(call);
                    return answer(false, String.valueOf(refused.getMessage()), null, null);
                });
    }

    private static JsonObject answer(
            boolean success, String message, @Nullable String conversationId, @Nullable String callSid) {
        return new JsonObject()
                .put("success", success)
                .put("message", message)
                .put("conversation_id", conversationId)
                .put("callSid", callSid);
    }

    private void registerCall(RoutingContext context) {
        JsonObject body = Answers.body(context);
        required(body, "agent_id", "from_number", "to_number");
        JsonObject agent = services.workspace().get(Kind.AGENT, body.getString("agent_id"));
        String direction = body.getString("direction", "inbound");
        if (!Set.of("inbound", "outbound").contains(direction)) {
            throw ApiError.invalid("enum", "Input should be 'inbound' or 'outbound'", direction, "direction");
        }
        Optional<Fault> nonsense = services.faults().take("nonsense", "register-call");
        if (nonsense.isPresent()) {
            String page = "<html><body><h1>Something went wrong</h1><br></body></html>";
            Answers.send(context, "text/html", nonsense.get().options().getString("body", page));
            return;
        }
        if (!Formats.of(agent).mulaw()) {
            services.violations()
                    .add(
                            "audio_format",
                            "register-call",
                            "the agent is not ulaw_8000 in both directions; the caller hears noise");
        }
        boolean inbound = direction.equals("inbound");
        String from = body.getString("from_number");
        String to = body.getString("to_number");
        Leg leg = new Leg(direction, inbound ? to : from, inbound ? from : to, "");
        NativeCall call =
                calls.open(body.getString("agent_id"), agent, leg, Optional.empty(), clientData(body, "register-call"));
        // The provider declares its TwiML as text/html; who returns it to Twilio has to say text/xml.
        call.prepare(initiation)
                .onSuccess(ready -> Answers.send(
                        context,
                        "text/html; charset=utf-8",
                        addresses.twiml(call.record().id(), true)));
    }

    private static void required(JsonObject body, String... fields) {
        for (String field : fields) {
            if (!(body.getValue(field) instanceof String)) {
                throw ApiError.missing(body, field);
            }
        }
    }

    private static void e164(String number, String field) {
        if (!number.matches("\\+[1-9]\\d{6,14}")) {
            throw ApiError.of(400, "validation_error", "invalid_parameters", field + " must be in E.164 format", field);
        }
    }

    /** The client data as far as the schema goes; empty when none was sent. */
    private Optional<JsonObject> clientData(JsonObject body, String subject) {
        if (!(body.getValue("conversation_initiation_client_data") instanceof JsonObject)) {
            return Optional.empty();
        }
        JsonObject data =
                Json.object(body, "conversation_initiation_client_data").copy();
        for (String member : Set.copyOf(data.fieldNames())) {
            if (!CLIENT_DATA.contains(member)) {
                services.violations()
                        .add(
                                "ignored",
                                subject,
                                "the member " + member
                                        + " of conversation_initiation_client_data is not in the schema and is no variable");
                data.remove(member);
            }
        }
        return Optional.of(data);
    }
}

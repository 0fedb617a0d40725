package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.Workspace.Kind;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.postcall.WebhookDelivery;
import dev.throughline.simulator.elevenlabs.telephony.NativeCalls.Leg;
import dev.throughline.simulator.elevenlabs.telephony.TwilioRest.Credentials;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What Twilio asks and tells the provider about native calls. Every request must be signed with the account's token. */
final class TwilioWebhooks {

    private static final String XML = "text/xml";
    private static final Set<String> NOT_REACHED = Set.of("busy", "no-answer", "failed", "canceled");

    private final Services services;
    private final WebhookDelivery webhooks;
    private final NativeAddresses addresses;
    private final NativeCalls calls;
    private final InitiationWebhook initiation;

    TwilioWebhooks(
            Services services,
            WebhookDelivery webhooks,
            NativeAddresses addresses,
            NativeCalls calls,
            InitiationWebhook initiation) {
        this.services = services;
        this.webhooks = webhooks;
        this.addresses = addresses;
        this.calls = calls;
        this.initiation = initiation;
    }

    /** Mounts the sockets; these must come before anything reads bodies. */
    void mountSockets(Router router) {
        router.get(NativeAddresses.STREAM).handler(context -> stream(context, false));
        router.get(NativeAddresses.REGISTERED_STREAM).handler(context -> stream(context, true));
    }

    /** Mounts the webhooks. */
    void mount(Router router) {
        router.post(NativeAddresses.INBOUND_CALL).handler(ofNumber(this::inboundCall));
        router.post(NativeAddresses.INBOUND_TEXT).handler(ofNumber(number -> context -> {
            services.violations().add("not_stood_in_for", "sms", "a text reached the provider; nobody answers it here");
            Answers.send(context, XML, "<Response/>");
        }));
        router.post(NativeAddresses.OUTBOUND_CALL).handler(ofCall(this::connect));
        router.post(NativeAddresses.STATUS).handler(ofCall(this::status));
        router.post(NativeAddresses.MACHINE_DETECTION).handler(ofCall(this::machineDetection));
    }

    /** A webhook of one call. */
    private interface CallHandler {
        void handle(RoutingContext context, NativeCall call);
    }

    private Handler<RoutingContext> ofCall(CallHandler handler) {
        return context -> {
            Optional<NativeCall> call = calls.find(context.request().getParam("conversation_id", ""));
            if (call.isEmpty()
                    || !signed(context.request(), call.get().account().orElseThrow())) {
                refuse(
                        context,
                        403,
                        call.isEmpty() ? "of a call nobody placed" : "not signed with the account's token");
            } else {
                handler.handle(context, call.get());
            }
        };
    }

    private Handler<RoutingContext> ofNumber(Function<Imported, Handler<RoutingContext>> handler) {
        return context -> {
            String to = String.valueOf(context.request().getFormAttribute("To"));
            Optional<Imported> number = imported(to);
            if (number.isEmpty()
                    || !signed(context.request(), Credentials.of(number.get().number()))) {
                refuse(context, 403, number.isEmpty() ? "for a number nobody imported" : "not signed with its token");
            } else {
                handler.apply(number.get()).handle(context);
            }
        };
    }

    private record Imported(String id, JsonObject number) {}

    private Optional<Imported> imported(String phoneNumber) {
        return services.workspace().ids(Kind.PHONE_NUMBER).stream()
                .map(id -> new Imported(id, services.workspace().get(Kind.PHONE_NUMBER, id)))
                .filter(each -> phoneNumber.equals(each.number().getString("phone_number")))
                .findFirst();
    }

    private Handler<RoutingContext> inboundCall(Imported number) {
        return context -> {
            String agentId = number.number().getString("agent_id", "");
            Optional<JsonObject> agent = services.workspace().find(Kind.AGENT, agentId);
            if (agent.isEmpty()) {
                services.violations().add("no_agent", number.id(), "a call came in on a number without an agent");
                Answers.send(context, XML, "<Response><Reject/></Response>");
                return;
            }
            HttpServerRequest request = context.request();
            Leg leg = new Leg(
                    "inbound",
                    number.number().getString("phone_number"),
                    String.valueOf(request.getFormAttribute("From")),
                    number.id());
            Credentials account = Credentials.of(number.number());
            NativeCall call = calls.open(agentId, agent.get(), leg, Optional.of(account), Optional.empty());
            call.placed(String.valueOf(request.getFormAttribute("CallSid")));
            connect(context, call);
        };
    }

    private void connect(RoutingContext context, NativeCall call) {
        call.placed(String.valueOf(context.request().getFormAttribute("CallSid")));
        call.prepare(initiation)
                .onSuccess(ready ->
                        Answers.send(context, XML, addresses.twiml(call.record().id(), false)));
    }

    private void status(RoutingContext context, NativeCall call) {
        String status = String.valueOf(context.request().getFormAttribute("CallStatus"));
        boolean neverStreamed = status.equals("completed") && !call.begun();
        if ((NOT_REACHED.contains(status) || neverStreamed) && !call.record().ended()) {
            call.unreached(neverStreamed ? "failed" : status);
            String reason = status.equals("busy") || status.equals("no-answer") ? status : "unknown";
            JsonObject form = form(context.request());
            services.vertx()
                    .setTimer(
                            services.timing().postCallDelay().toMillis(),
                            timer -> webhooks.initiationFailed(call.record(), reason, form));
        }
        Answers.send(context, "text/plain", "");
    }

    private void machineDetection(RoutingContext context, NativeCall call) {
        call.answeredBy(String.valueOf(context.request().getFormAttribute("AnsweredBy")));
        webhooks.machineDetected(call.record(), form(context.request()));
        Answers.send(context, "text/plain", "");
    }

    private static JsonObject form(HttpServerRequest request) {
        JsonObject form = new JsonObject();
        request.formAttributes().forEach(entry -> form.put(entry.getKey(), entry.getValue()));
        return form;
    }

    private void stream(RoutingContext context, boolean registered) {
        HttpServerRequest request = context.request();
        String url = addresses.publicUrl().replaceFirst("^http", "ws") + request.uri();
        String signature = request.getHeader("X-Twilio-Signature");
        // A registered call's account is not known here; that its conversation is waited for has to do.
        boolean known = registered
                ? signature != null
                : services.workspace().all(Kind.PHONE_NUMBER).stream()
                        .anyMatch(number -> TwilioSignature.valid(
                                Credentials.of(number).authToken(),
                                url,
                                MultiMap.caseInsensitiveMultiMap(),
                                signature));
        if (!known) {
            refuse(context, 403, "stream not signed with the token of an imported number");
            return;
        }
        request.toWebSocket().onSuccess(socket -> new PhoneStream(services, calls, socket, registered).open());
    }

    private boolean signed(HttpServerRequest request, Credentials account) {
        return TwilioSignature.valid(
                account.authToken(),
                addresses.publicUrl() + request.uri(),
                request.formAttributes(),
                request.getHeader("X-Twilio-Signature"));
    }

    private void refuse(RoutingContext context, int status, String why) {
        services.violations()
                .add("twilio_signature", context.request().path(), "a webhook of Twilio's was refused: " + why);
        context.response().setStatusCode(status).end();
    }
}

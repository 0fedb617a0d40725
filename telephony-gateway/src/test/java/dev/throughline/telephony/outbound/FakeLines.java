package dev.throughline.telephony.outbound;

import dev.throughline.telephony.Tenants;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** As much of ElevenLabs and Twilio as calls out need. What happens to a call is scripted by the number that is called. */
public class FakeLines implements QuarkusTestResourceLifecycleManager {

    /** A request for a call, or a change to one. */
    record Asked(String path, Map<String, String> form) {}

    static final List<JsonObject> NATIVE = new CopyOnWriteArrayList<>();
    static final List<Asked> TWILIO = new CopyOnWriteArrayList<>();
    static final List<String> NUMBER_LOOK_UPS = new CopyOnWriteArrayList<>();
    static final Map<String, JsonArray> NUMBERS = new ConcurrentHashMap<>();
    static final Map<String, BiConsumer<JsonObject, HttpServerRequest>> NATIVE_SCRIPTS = new ConcurrentHashMap<>();
    static final Map<String, BiConsumer<Asked, HttpServerRequest>> TWILIO_SCRIPTS = new ConcurrentHashMap<>();
    static final Map<String, BiConsumer<String, HttpServerRequest>> SIGNED_URL_SCRIPTS = new ConcurrentHashMap<>();

    /** Conversations of the provider, by id. */
    private static final Map<String, JsonObject> CONVERSATIONS = new ConcurrentHashMap<>();

    /** Calls of the provider. */
    private static final List<JsonObject> CALLS = new CopyOnWriteArrayList<>();

    private static final DateTimeFormatter TWILIO_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private final Vertx vertx = Vertx.vertx();

    @Override
    public int order() {
        return 50;
    }

    @Override
    public Map<String, String> start() {
        NUMBERS.put("agent_harbour", numbers(number("phnum_harbour", Tenants.NUMBER, "agent_harbour", true)));
        int port = vertx.createHttpServer()
                .requestHandler(FakeLines::request)
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        String base = "http://127.0.0.1:" + port;
        return Map.of(
                "throughline.elevenlabs.api-base-url", base,
                "throughline.twilio.api-base-url", base,
                "throughline.elevenlabs.outbound-call-timeout", "700ms",
                "throughline.twilio.read-timeout", "700ms",
                "throughline.telephony.outbound.look-up-for", "1500ms",
                "throughline.telephony.outbound.look-up-every", "200ms",
                "throughline.telephony.outbound.check-every", "1s",
                "throughline.telephony.outbound.check-pause", "500ms",
                "throughline.telephony.outbound.same-key-wait", "1s");
    }

    @Override
    public void stop() {
        vertx.close();
    }

    static JsonObject number(String id, String number, String agent, boolean outbound) {
        return new JsonObject()
                .put("provider", "twilio")
                .put("phone_number", number)
                .put("phone_number_id", id)
                .put("assigned_agent", agent == null ? null : new JsonObject().put("agent_id", agent))
                .put("supports_outbound", outbound);
    }

    static JsonArray numbers(JsonObject... numbers) {
        return new JsonArray(List.of(numbers));
    }

    static List<JsonObject> nativeTo(String number) {
        return NATIVE.stream()
                .filter(call -> number.equals(call.getString("to_number")))
                .toList();
    }

    static List<Asked> twilioTo(String number) {
        return TWILIO.stream()
                .filter(asked -> number.equals(asked.form().get("To")))
                .toList();
    }

    static List<Asked> changesOf(String callSid) {
        return TWILIO.stream()
                .filter(asked -> asked.path().endsWith("/Calls/" + callSid + ".json"))
                .toList();
    }

    /** The provider has this conversation from now on, begun with the variables of {@code call}. */
    static String converse(JsonObject call, String callSid) {
        String id = "conv_" + UUID.randomUUID();
        CONVERSATIONS.put(
                id,
                new JsonObject()
                        .put("conversation_id", id)
                        .put("agent_id", call.getString("agent_id"))
                        .put("status", "in-progress")
                        .put("start_time_unix_secs", Instant.now().getEpochSecond())
                        .put("direction", "outbound")
                        .put(
                                "conversation_initiation_client_data",
                                call.getJsonObject("conversation_initiation_client_data"))
                        .put(
                                "metadata",
                                new JsonObject().put("phone_call", new JsonObject().put("call_sid", callSid))));
        return id;
    }

    /** Twilio has this call from now on. */
    static String call(String to, String from) {
        String sid = "CA" + UUID.randomUUID().toString().replace("-", "");
        CALLS.add(new JsonObject()
                .put("sid", sid)
                .put("to", to)
                .put("from", from)
                .put("status", "queued")
                .put("direction", "outbound-api")
                .put("date_created", TWILIO_DATE.format(OffsetDateTime.now(ZoneOffset.UTC))));
        return sid;
    }

    static void answer(HttpServerRequest request, int status, Object body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.toString());
    }

    static JsonObject placed(String conversationId, String callSid) {
        return new JsonObject()
                .put("success", true)
                .put("message", "Success")
                .put("conversation_id", conversationId)
                .put("callSid", callSid);
    }

    private static void request(HttpServerRequest request) {
        String path = request.path();
        if (path.equals("/v1/convai/phone-numbers")) {
            String agent = request.getParam("agent_id");
            NUMBER_LOOK_UPS.add(agent);
            answer(request, 200, NUMBERS.getOrDefault(agent, new JsonArray()).encode());
        } else if (path.equals("/v1/convai/twilio/outbound-call")) {
            request.body().onSuccess(body -> nativeCall(request, body.toJsonObject()));
        } else if (path.equals("/v1/convai/conversations")) {
            conversations(request);
        } else if (path.startsWith("/v1/convai/conversations/")) {
            JsonObject found = CONVERSATIONS.get(path.substring(path.lastIndexOf('/') + 1));
            answer(request, found == null ? 404 : 200, found == null ? "{}" : found.encode());
        } else if (path.endsWith("/get-signed-url")) {
            String agent = request.getParam("agent_id");
            SIGNED_URL_SCRIPTS
                    .getOrDefault(
                            agent,
                            (id, asked) -> answer(
                                    asked,
                                    200,
                                    new JsonObject()
                                            .put("signed_url", "wss://example.test/?agent_id=" + id)
                                            .encode()))
                    .accept(agent, request);
        } else if (path.endsWith("/Calls.json") && request.method().name().equals("GET")) {
            List<JsonObject> calls = CALLS.stream()
                    .filter(call -> call.getString("to").equals(request.getParam("To")))
                    .filter(call -> call.getString("from").equals(request.getParam("From")))
                    .toList()
                    .reversed();
            answer(
                    request,
                    200,
                    new JsonObject()
                            .put("calls", new JsonArray(calls))
                            .put("page", 0)
                            .put("page_size", 50)
                            .encode());
        } else if (path.contains("/Calls")) {
            request.setExpectMultipart(true);
            request.end().onSuccess(read -> twilio(request));
        } else {
            answer(request, 404, "{}");
        }
    }

    private static void nativeCall(HttpServerRequest request, JsonObject body) {
        NATIVE.add(body);
        NATIVE_SCRIPTS
                .getOrDefault(body.getString("to_number"), (call, asked) -> {
                    String sid = call(call.getString("to_number"), "unlisted");
                    answer(asked, 200, placed(converse(call, sid), sid).encode());
                })
                .accept(body, request);
    }

    private static void conversations(HttpServerRequest request) {
        List<JsonObject> found = CONVERSATIONS.values().stream()
                .filter(conversation -> conversation.getString("agent_id").equals(request.getParam("agent_id")))
                .filter(conversation -> conversation.getLong("start_time_unix_secs")
                        >= Long.parseLong(request.getParam("call_start_after_unix")))
                .toList();
        answer(
                request,
                200,
                new JsonObject()
                        .put("conversations", new JsonArray(found))
                        .put("has_more", false)
                        .encode());
    }

    private static void twilio(HttpServerRequest request) {
        Map<String, String> form = new ConcurrentHashMap<>();
        request.formAttributes().forEach(entry -> form.putIfAbsent(entry.getKey(), entry.getValue()));
        Asked asked = new Asked(request.path(), form);
        TWILIO.add(asked);
        TWILIO_SCRIPTS
                .getOrDefault(form.getOrDefault("To", ""), FakeLines::taken)
                .accept(asked, request);
    }

    private static void taken(Asked asked, HttpServerRequest request) {
        if (!asked.form().containsKey("To")) {
            String sid = asked.path().replaceAll(".*/Calls/(.*)\\.json", "$1");
            answer(
                    request,
                    200,
                    new JsonObject()
                            .put("sid", sid)
                            .put("status", "in-progress")
                            .encode());
            return;
        }
        String sid = call(asked.form().get("To"), asked.form().get("From"));
        answer(
                request,
                201,
                new JsonObject().put("sid", sid).put("status", "queued").encode());
    }
}

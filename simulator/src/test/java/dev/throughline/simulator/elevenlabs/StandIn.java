package dev.throughline.simulator.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.simulator.SimulatorConfig;
import dev.throughline.simulator.elevenlabs.conversation.Timing;
import dev.throughline.simulator.twilio.TwilioServer;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.PublicRoute;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A running stand-in with a demo agent, the customer's own server that its tools and webhooks call, and the Twilio stand-in that
 * carries native calls.
 */
final class StandIn implements AutoCloseable {

    static final String KEY = "test-only-key";
    static final String HOOK = "/api/webhooks/elevenlabs/post-call";
    static final String SECRET = "test-only-secret";
    static final String ACCOUNT = "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";
    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    static final String OURS = "+12025550100";
    static final String CUSTOMER = "+12025550142";

    /** A request that reached the customer's server. */
    record Received(String method, String path, Map<String, String> headers, String body) {

        JsonObject json() {
            return new JsonObject(body);
        }
    }

    final Vertx vertx = Vertx.vertx();
    final FrameClock frames = new FrameClock();
    final Queue<Received> received = new ConcurrentLinkedQueue<>();
    volatile Function<Received, JsonObject> answers = DemoAnswers::to;
    volatile int hookStatus = 200;
    final ElevenLabsServer server;
    final TwilioServer twilio;
    private final HttpServer customer;
    private final HttpClient client = HttpClient.newHttpClient();
    String agentId = "";
    String webhookSecret = "";
    String webhookId = "";

    StandIn(Path state, Timing timing) throws Exception {
        customer = vertx.createHttpServer()
                .requestHandler(request -> request.body().onSuccess(body -> {
                    Map<String, String> headers = new java.util.TreeMap<>(String.CASE_INSENSITIVE_ORDER);
                    request.headers().forEach(entry -> headers.put(entry.getKey(), entry.getValue()));
                    Received one = new Received(request.method().name(), request.uri(), headers, body.toString());
                    received.add(one);
                    int status = one.path().startsWith(HOOK) ? hookStatus : 200;
                    request.response()
                            .setStatusCode(status)
                            .end(answers.apply(one).encode());
                }))
                .listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        PublicRoute route = PublicRoute.of("https://voice.example.test", "http://127.0.0.1:" + customer.actualPort());
        SimulatorConfig config = new SimulatorConfig(
                OptionalInt.of(0), OptionalInt.of(0), state, route, ACCOUNT, TOKEN, null, null, KEY);
        server = ElevenLabsServer.start(vertx, config, frames, timing, Clock.systemUTC())
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        twilio = TwilioServer.start(vertx, config.reachingElevenLabsAt(server.port()), frames)
                .toCompletionStage()
                .toCompletableFuture()
                .get();
        server.callThrough("http://127.0.0.1:" + twilio.port());
    }

    /** Provisions secret, tools, webhook and the agent; {@code change} may alter the agent before it is created. */
    StandIn withAgent(Function<JsonObject, JsonObject> change) {
        String secretId = post(
                        "/v1/convai/secrets",
                        new JsonObject().put("type", "new").put("name", "tool").put("value", SECRET))
                .getString("secret_id");
        JsonArray tools = new JsonArray();
        for (JsonObject tool : DemoAgent.tools(secretId)) {
            tools.add(post("/v1/convai/tools", tool).getString("id"));
        }
        JsonObject webhook = post("/v1/workspace/webhooks", DemoAgent.webhook());
        webhookSecret = webhook.getString("webhook_secret");
        webhookId = webhook.getString("webhook_id");
        patch(
                "/v1/convai/settings",
                new JsonObject()
                        .put(
                                "webhooks",
                                new JsonObject()
                                        .put("post_call_webhook_id", webhookId)
                                        .put(
                                                "events",
                                                new JsonArray()
                                                        .add("transcript")
                                                        .add("call_initiation_failure"))
                                        .put("transcript_format", "json")));
        agentId = post("/v1/convai/agents/create", change.apply(DemoAgent.agent(tools)))
                .getString("agent_id");
        return this;
    }

    JsonObject post(String path, JsonObject body) {
        return ok(send("POST", path, body));
    }

    JsonObject patch(String path, JsonObject body) {
        return ok(send("PATCH", path, body));
    }

    JsonObject get(String path) {
        return ok(send("GET", path, null));
    }

    HttpResponse<String> send(String method, String path, @org.jspecify.annotations.Nullable JsonObject body) {
        return send(method, path, body, KEY);
    }

    HttpResponse<String> send(
            String method, String path, @org.jspecify.annotations.Nullable JsonObject body, String key) {
        return send(method, path, body, key, Duration.ofSeconds(10));
    }

    HttpResponse<String> send(
            String method,
            String path,
            @org.jspecify.annotations.Nullable JsonObject body,
            String key,
            Duration patience) {
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
                    .timeout(patience)
                    .method(
                            method,
                            body == null
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(body.encode()));
            if (!key.isEmpty()) {
                request.header("xi-api-key", key);
            }
            return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static JsonObject ok(HttpResponse<String> response) {
        if (response.statusCode() != 200) {
            throw new IllegalStateException("HTTP " + response.statusCode() + " " + response.body());
        }
        return new JsonObject(response.body());
    }

    /** Gives the agent one more tool. */
    void addTool(JsonObject tool) {
        String id = post("/v1/convai/tools", tool).getString("id");
        JsonArray tools = get("/v1/convai/agents/" + agentId)
                .getJsonObject("conversation_config")
                .getJsonObject("agent")
                .getJsonObject("prompt")
                .getJsonArray("tool_ids")
                .add(id);
        patch(
                "/v1/convai/agents/" + agentId,
                new JsonObject()
                        .put(
                                "conversation_config",
                                new JsonObject()
                                        .put(
                                                "agent",
                                                new JsonObject()
                                                        .put("prompt", new JsonObject().put("tool_ids", tools)))));
    }

    /** Buys {@link #OURS} at Twilio and imports it for the agent; answers its {@code phnum_…}. */
    String importNumber() {
        JsonObject bought = twilioForm("/IncomingPhoneNumbers.json", Map.of("PhoneNumber", OURS));
        assertThat(bought.getString("sid")).startsWith("PN");
        String number = post("/v1/convai/phone-numbers", number(false)).getString("phone_number_id");
        patch("/v1/convai/phone-numbers/" + number, new JsonObject().put("agent_id", agentId));
        return number;
    }

    static JsonObject number(boolean texts) {
        return new JsonObject()
                .put("provider", "twilio")
                .put("phone_number", OURS)
                .put("label", "Main")
                .put("sid", ACCOUNT)
                .put("token", TOKEN)
                .put("enable_sms", texts);
    }

    /** A request for a call to {@link #CUSTOMER} with everything the demo agent needs. */
    JsonObject outbound(String numberId) {
        JsonObject data = DemoAgent.initiation("");
        data.remove("type");
        return new JsonObject()
                .put("agent_id", agentId)
                .put("agent_phone_number_id", numberId)
                .put("to_number", CUSTOMER)
                .put("conversation_initiation_client_data", data);
    }

    /** How {@link #CUSTOMER} behaves when called; {@code steps} are a scripted caller's. */
    void callee(String outcome, JsonObject... steps) {
        twilio(
                "POST",
                "/_sim/callees",
                new JsonObject()
                        .put("number", CUSTOMER)
                        .put("outcome", outcome)
                        .put("ringMs", 50)
                        .put("steps", new JsonArray(List.of(steps)))
                        .encode());
    }

    /** A form to Twilio's REST. */
    JsonObject twilioForm(String path, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return twilio("POST", "/2010-04-01/Accounts/" + ACCOUNT + path, body);
    }

    /** A resource of Twilio's REST. */
    JsonObject twilioRest(String path) {
        return twilio("GET", "/2010-04-01/Accounts/" + ACCOUNT + path, "");
    }

    /** A request to the Twilio stand-in; a body that begins with a brace is JSON, else a form. */
    JsonObject twilio(String method, String path, String body) {
        String basic = Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        try {
            HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + twilio.port() + path))
                    .timeout(Duration.ofSeconds(10))
                    .header("Authorization", "Basic " + basic);
            if (method.equals("POST")) {
                request.header(
                                "Content-Type",
                                body.startsWith("{") ? "application/json" : "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body));
            }
            return new JsonObject(client.send(request.build(), HttpResponse.BodyHandlers.ofString())
                    .body());
        } catch (IOException | InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** The call as the Twilio stand-in saw it, when it is over. */
    JsonObject finishedCall(String callSid) {
        await().atMost(Duration.ofSeconds(60))
                .until(() -> twilio("GET", "/_sim/calls/" + callSid, "").getBoolean("ended"));
        return twilio("GET", "/_sim/calls/" + callSid, "");
    }

    /** The post-call webhook's {@code data} when it has come. */
    JsonObject postCall() {
        await().atMost(Duration.ofSeconds(30)).until(() -> received(HOOK).isPresent());
        return received(HOOK).orElseThrow().json().getJsonObject("data");
    }

    /** What the Twilio stand-in found fault with. */
    List<String> twilioViolations() {
        return twilio("GET", "/_sim/report", "").getJsonArray("violations").stream()
                .map(row -> ((JsonObject) row).getString("code"))
                .toList();
    }

    /** Opens the socket by a signed URL. */
    SocketClient connect() {
        return new SocketClient(vertx, signedUrl());
    }

    String signedUrl() {
        return get("/v1/convai/conversation/get-signed-url?agent_id=" + agentId).getString("signed_url");
    }

    void fault(JsonObject fault) {
        send("POST", "/_sim/faults", fault);
    }

    List<String> violations() {
        return get("/_sim/report").getJsonArray("violations").stream()
                .map(row -> ((JsonObject) row).getString("code"))
                .toList();
    }

    Optional<Received> received(String path) {
        return received.stream().filter(one -> one.path().startsWith(path)).findFirst();
    }

    /** Bodies that reached {@code path}, without repeats. */
    List<String> distinctBodies(String path) {
        return received.stream()
                .filter(one -> one.path().startsWith(path))
                .map(Received::body)
                .distinct()
                .toList();
    }

    long countReceived(String path) {
        return received.stream().filter(one -> one.path().startsWith(path)).count();
    }

    @Override
    public void close() throws Exception {
        twilio.close().toCompletionStage().toCompletableFuture().get();
        server.close().toCompletionStage().toCompletableFuture().get();
        vertx.close().toCompletionStage().toCompletableFuture().get();
    }
}

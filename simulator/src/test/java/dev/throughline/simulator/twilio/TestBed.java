package dev.throughline.simulator.twilio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.twilio.http.NetworkHttpClient;
import com.twilio.http.TwilioRestClient;
import com.twilio.security.RequestValidator;
import dev.throughline.simulator.SimulatorConfig;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.PublicRoute;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.HttpHost;

/** The stand-in, a small service it calls, and clients for both of its sides. */
final class TestBed implements AutoCloseable {

    static final String ACCOUNT = "ACa1a1a1a1a1a1a1a1a1a1a1a1a1a1a1a1";
    static final String TOKEN = "0123456789abcdef0123456789abcdef";
    static final String KEY = "SKc1c1c1c1c1c1c1c1c1c1c1c1c1c1c1c1";
    static final String SECRET = "an invented secret of 32 characters";
    static final String BASE = "https://voice.example.test";
    static final String OURS = "+12025550100";
    static final String CUSTOMER = "+12025550142";

    private static final String XML = "text/xml";

    final List<Received> received = new CopyOnWriteArrayList<>();
    final List<String> upgradeSignatures = new CopyOnWriteArrayList<>();
    final FrameClock clock = new FrameClock();

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, Consumer<HttpServerResponse>> answers = new ConcurrentHashMap<>();
    private final HttpServer service;
    private final TwilioServer standIn;
    private volatile Consumer<ServerWebSocket> socketHandler = ServerWebSocket::reject;

    /** One webhook as the service saw it. */
    record Received(String method, String path, String uri, Map<String, String> headers, String body) {

        Map<String, String> form() {
            return body.isEmpty() ? Map.of() : Fixtures.decode(body);
        }

        /** Whether the official validator accepts it for the public address. */
        boolean isSigned() {
            return new RequestValidator(TOKEN).validate(BASE + uri, form(), headers.get("x-twilio-signature"));
        }
    }

    TestBed(Path stateDir) {
        service = vertx.createHttpServer();
        service.requestHandler(this::webhook);
        service.webSocketHandler(socket -> {
            upgradeSignatures.add(String.valueOf(socket.headers().get("x-twilio-signature")));
            socketHandler.accept(socket);
        });
        join(service.listen(0));
        standIn = join(TwilioServer.start(
                vertx,
                new SimulatorConfig(
                        OptionalInt.of(0),
                        OptionalInt.empty(),
                        stateDir,
                        PublicRoute.of(BASE, "http://127.0.0.1:" + service.actualPort()),
                        ACCOUNT,
                        TOKEN,
                        KEY,
                        SECRET,
                        ""),
                clock));
    }

    /** A bed whose number {@link #OURS} has the usual addresses. */
    static TestBed withNumber(Path stateDir) {
        TestBed bed = new TestBed(stateDir);
        com.twilio.rest.api.v2010.account.IncomingPhoneNumber.creator(new com.twilio.type.PhoneNumber(OURS))
                .setVoiceUrl(BASE + "/voice")
                .setStatusCallback(BASE + "/status")
                .setSmsUrl(BASE + "/sms")
                .create(bed.sdk());
        return bed;
    }

    private void webhook(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            Map<String, String> headers = new ConcurrentHashMap<>();
            request.headers().forEach((name, value) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), value));
            received.add(new Received(
                    request.method().name(), request.path(), request.uri(), headers, body.toString("UTF-8")));
            answers.getOrDefault(request.path(), response -> response.setStatusCode(204)
                            .end())
                    .accept(request.response());
        });
    }

    void answerTwiml(String path, String twiml) {
        answer(path, response -> response.putHeader("Content-Type", XML).end(twiml));
    }

    void answer(String path, Consumer<HttpServerResponse> answer) {
        answers.put(path, answer);
    }

    void onSocket(Consumer<ServerWebSocket> handler) {
        socketHandler = handler;
    }

    /** The official client, every request routed to the stand-in. */
    TwilioRestClient sdk() {
        return sdk(TOKEN);
    }

    TwilioRestClient sdk(String password) {
        HttpClientBuilder builder = HttpClientBuilder.create()
                .disableAutomaticRetries()
                .setRoutePlanner((target, context) -> new HttpRoute(new HttpHost("http", "127.0.0.1", standIn.port())));
        NetworkHttpClient once = new NetworkHttpClient(builder) {
            @Override
            public com.twilio.http.Response reliableRequest(com.twilio.http.Request request) {
                return makeRequest(request);
            }
        };
        return new TwilioRestClient.Builder(ACCOUNT, password)
                .accountSid(ACCOUNT)
                .httpClient(once)
                .build();
    }

    String call(JsonObject request) {
        return post("/_sim/calls", request.copy().put("from", CUSTOMER).put("to", OURS))
                .getString("callSid");
    }

    JsonObject post(String path, JsonObject body) {
        HttpResponse<String> response = send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return new JsonObject(response.body());
    }

    /** The answer to a control request that must be refused with 400. */
    JsonObject refused(String path, JsonObject body) {
        return refused(path, body, 400);
    }

    /** The answer to a control request that must be refused with {@code status}. */
    JsonObject refused(String path, JsonObject body, int status) {
        HttpResponse<String> response = send(request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.encode())));
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return new JsonObject(response.body());
    }

    void fault(String kind, String match) {
        post("/_sim/faults", new JsonObject().put("kind", kind).put("match", match));
    }

    JsonObject get(String path) {
        return new JsonObject(send(request(path).GET()).body());
    }

    /** A REST resource of the account as it is on the wire. */
    JsonObject rest(String tail) {
        return new JsonObject(send(restRequest(tail).GET()).body());
    }

    /** The answer to a REST form as it is on the wire. */
    JsonObject postRest(String tail, Map<String, String> form) {
        String body = form.entrySet().stream()
                .map(each -> each.getKey() + "=" + URLEncoder.encode(each.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return new JsonObject(send(restRequest(tail)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(body)))
                .body());
    }

    /** A file of the REST side. */
    byte[] restBytes(String tail) {
        try {
            return http.send(restRequest(tail).GET().build(), HttpResponse.BodyHandlers.ofByteArray())
                    .body();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder restRequest(String tail) {
        String basic = Base64.getEncoder().encodeToString((ACCOUNT + ":" + TOKEN).getBytes(StandardCharsets.UTF_8));
        return request("/2010-04-01/Accounts/" + ACCOUNT + "/" + tail).header("Authorization", "Basic " + basic);
    }

    HttpResponse<byte[]> getBytes(String path) {
        try {
            return http.send(request(path).GET().build(), HttpResponse.BodyHandlers.ofByteArray());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    JsonObject finished(String callSid) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> get("/_sim/calls/" + callSid).getBoolean("ended"));
        return get("/_sim/calls/" + callSid);
    }

    List<Received> at(String path) {
        return received.stream().filter(each -> each.path().equals(path)).toList();
    }

    /** Waits until every armed fault has been taken. */
    void untilNoFaultIsArmed() {
        await().until(() -> get("/_sim/faults").getJsonArray("faults").isEmpty());
    }

    /** Waits until {@code path} was called {@code count} times and returns those calls. */
    List<Received> atLeast(int count, String path) {
        await().atMost(Duration.ofSeconds(15)).until(() -> at(path).size() >= count);
        return at(path);
    }

    List<String> violationCodes() {
        return get("/_sim/report").getJsonArray("violations").stream()
                .map(each -> ((JsonObject) each).getString("code"))
                .toList();
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + standIn.port() + path))
                .timeout(Duration.ofSeconds(10));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static <T> T join(io.vertx.core.Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        join(standIn.close());
        join(vertx.close());
    }
}

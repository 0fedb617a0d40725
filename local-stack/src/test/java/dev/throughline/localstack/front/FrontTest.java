package dev.throughline.localstack.front;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.throughline.localstack.process.Ports;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class FrontTest {

    private final Vertx vertx = Vertx.vertx();
    private final Ports ports = new Ports();
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final BlockingQueue<HttpServerRequest> events = new LinkedBlockingQueue<>();
    private final AtomicInteger readiness = new AtomicInteger(200);
    private int port;
    private Front front;

    @BeforeEach
    void start() {
        int service = ports.free();
        int management = ports.free();
        listen(service, this::serve);
        listen(
                management,
                request -> request.response().setStatusCode(readiness.get()).end());
        port = ports.free();
        front = new Front(
                new RouteTable(List.of(
                        new Route("/api", Route.Match.PREFIX, "service"),
                        new Route("/gone", Route.Match.PREFIX, "absent"))),
                URI.create("https://voice.example.test"),
                Map.of("service", service, "absent", ports.free()),
                Map.of("service", management));
        front.listen(port);
    }

    @AfterEach
    void stop() {
        front.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void shouldKeepPathQueryAndSignatureByteForByte() throws Exception {
        JsonObject seen =
                new JsonObject(get("/api/x%2Fy/caf%C3%A9?a=%2B1&b=c+d&b=", "X-Twilio-Signature", "c2lnbmF0dXJl/+=")
                        .body());

        assertThat(seen.getString("uri")).isEqualTo("/api/x%2Fy/caf%C3%A9?a=%2B1&b=c+d&b=");
        assertThat(seen.getJsonObject("headers").getString("x-twilio-signature"))
                .isEqualTo("c2lnbmF0dXJl/+=");
    }

    @Test
    void shouldReplaceForwardedHeadersFromOutside() throws Exception {
        JsonObject headers = new JsonObject(get(
                                "/api/x",
                                "X-Forwarded-For",
                                "203.0.113.9",
                                "X-Forwarded-Proto",
                                "gopher",
                                "Forwarded",
                                "for=x")
                        .body())
                .getJsonObject("headers");

        assertThat(headers.getString("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(headers.getString("x-forwarded-proto")).isEqualTo("http");
        assertThat(headers.getString("x-forwarded-host")).isEqualTo("localhost:" + port);
        assertThat(headers.containsKey("forwarded")).isFalse();
        assertThat(headers.containsKey("transfer-encoding")).isFalse();
    }

    @Test
    void shouldTellThePublicSchemeToARequestForThePublicHost() throws Exception {
        BlockingQueue<String> answers = new LinkedBlockingQueue<>();
        vertx.createHttpClient()
                .request(HttpMethod.GET, port, "127.0.0.1", "/api/x")
                .compose(request ->
                        request.putHeader("Host", "voice.example.test").send())
                .compose(response -> response.body())
                .onSuccess(body -> answers.add(body.toString()));

        JsonObject headers = new JsonObject(answers.poll(5, TimeUnit.SECONDS)).getJsonObject("headers");
        assertThat(headers.getString("x-forwarded-proto")).isEqualTo("https");
        assertThat(headers.getString("host")).isEqualTo("voice.example.test");
    }

    @Test
    void shouldStreamABodyOfSeveralMegabytes() throws Exception {
        byte[] body = new byte[5_000_000];
        HttpRequest request = HttpRequest.newBuilder(uri("/api/echo-size"))
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();

        assertThat(client.send(request, HttpResponse.BodyHandlers.ofString()).body())
                .isEqualTo("5000000");
    }

    @Test
    void shouldAnswerWithAProblemWhenNoRouteOrNoServiceIsThere() throws Exception {
        HttpResponse<String> unknown = get("/elsewhere");
        HttpResponse<String> absent = get("/gone/away");
        HttpResponse<String> broken = get("/api/break");
        HttpResponse<String> detour = get("/api/%2e%2e/gone");

        assertThat(unknown.statusCode()).isEqualTo(404);
        assertThat(absent.statusCode()).isEqualTo(503);
        assertThat(broken.statusCode()).isEqualTo(502);
        assertThat(detour.statusCode()).isEqualTo(400);
        for (HttpResponse<String> answer : List.of(unknown, absent, broken, detour)) {
            assertThat(answer.headers().firstValue("content-type")).contains("application/problem+json");
            assertThat(new JsonObject(answer.body()).getInteger("status")).isEqualTo(answer.statusCode());
        }
    }

    @Test
    void shouldBeReadyOnlyWhenTheServiceIs() throws Exception {
        HttpResponse<String> ready = get("/q/health/ready");
        readiness.set(503);
        HttpResponse<String> notReady = get("/q/health/ready");

        assertThat(ready.statusCode()).isEqualTo(200);
        assertThat(notReady.statusCode()).isEqualTo(503);
        assertThat(notReady.body()).contains("\"service\"").contains("DOWN");
        assertThat(get("/q/metrics").statusCode()).isEqualTo(404);
    }

    @Test
    void shouldDeliverServerSentEventsOneByOneAndEndTheServicesSideWhenTheReaderLeaves() throws Exception {
        HttpResponse<InputStream> answer = client.send(
                HttpRequest.newBuilder(uri("/api/events")).build(), HttpResponse.BodyHandlers.ofInputStream());
        HttpServerRequest served = events.poll(5, TimeUnit.SECONDS);
        AtomicInteger closed = new AtomicInteger();
        served.connection().closeHandler(done -> closed.incrementAndGet());
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));

        // Each event is read before the next one is written: nothing on the way may wait for more.
        for (int i = 0; i < 3; i++) {
            served.response().write("data: " + i + "\n\n");
            assertThat(lines.readLine()).isEqualTo("data: " + i);
            assertThat(lines.readLine()).isEmpty();
        }
        answer.body().close();

        await().atMost(5, TimeUnit.SECONDS).until(() -> closed.get() == 1);
    }

    private void serve(HttpServerRequest request) {
        switch (request.path()) {
            case "/api/echo-size" -> {
                AtomicInteger size = new AtomicInteger();
                request.handler(part -> size.addAndGet(part.length()));
                request.endHandler(end -> request.response().end(String.valueOf(size.get())));
            }
            case "/api/break" -> request.connection().close();
            case "/api/events" -> {
                request.response().setChunked(true).putHeader("content-type", "text/event-stream");
                request.response().write("");
                events.add(request);
            }
            default -> {
                JsonObject headers = new JsonObject();
                request.headers()
                        .forEach(header -> headers.put(header.getKey().toLowerCase(Locale.ROOT), header.getValue()));
                request.response()
                        .end(new JsonObject()
                                .put("uri", request.uri())
                                .put("headers", headers)
                                .toBuffer());
            }
        }
    }

    private void listen(int on, Handler<HttpServerRequest> handler) {
        HttpServer server = vertx.createHttpServer().requestHandler(handler);
        server.listen(on, "127.0.0.1").toCompletionStage().toCompletableFuture().join();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private URI uri(String path) {
        return URI.create("http://localhost:" + port + path);
    }
}

package dev.throughline.tools.provisioning;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * What stands at the public address in a test: passes requests on to the application, or misbehaves as the property {@value #MODE} says. The
 * properties are the system's, because the test and this class may be loaded apart.
 */
public final class PublicRelay {

    /** A status to answer with, {@code other} for another site's page, {@code rewrite} for a changed path; absent: passes on. */
    public static final String MODE = "test.relay.mode";

    /** The application's port, set by the test. */
    public static final String PORT = "test.relay.port";

    private final HttpServer server;
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpClient http = HttpClient.newHttpClient();

    private PublicRelay(HttpServer server) {
        this.server = server;
    }

    static PublicRelay start() throws IOException {
        PublicRelay relay = new PublicRelay(HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0));
        relay.server.setExecutor(relay.executor);
        relay.server.createContext("/", relay::handle);
        relay.server.start();
        return relay;
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    void stop() {
        server.stop(0);
        executor.shutdownNow();
        http.close();
    }

    private void handle(HttpExchange exchange) throws IOException {
        String mode = System.getProperty(MODE, "");
        if (mode.equals("other")) {
            answer(exchange, 200, "<html>Welcome to nginx!</html>".getBytes(StandardCharsets.UTF_8));
        } else if (mode.matches("\\d+")) {
            answer(exchange, Integer.parseInt(mode), new byte[0]);
        } else {
            pass(exchange, mode.equals("rewrite") ? "?via=proxy" : "");
        }
    }

    private void pass(HttpExchange exchange, String suffix) throws IOException {
        HttpRequest.Builder onward = HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + System.getProperty(PORT) + exchange.getRequestURI() + suffix))
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Content-Type", "X-Twilio-Signature", "ElevenLabs-Signature")) {
            Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
                    .ifPresent(value -> onward.header(name, value));
        }
        try {
            HttpResponse<byte[]> answer = http.send(onward.build(), HttpResponse.BodyHandlers.ofByteArray());
            answer(exchange, answer.statusCode(), answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }
}

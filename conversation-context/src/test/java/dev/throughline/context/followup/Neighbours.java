package dev.throughline.context.followup;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.events.EventJson;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.testing.IdentityTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/** sms-service's and telephony-gateway's inner doors and a tenant's hook: they take everything, unless told otherwise for a number. */
public class Neighbours implements QuarkusTestResourceLifecycleManager {

    static final String TEXTS = "/internal/texts";
    static final String CALLS = "/internal/outbound-calls";
    static final String HOOK = "/hook";

    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();
    private static final Map<String, Deque<Answer>> ANSWERS = new ConcurrentHashMap<>();
    private static final ServiceToken TOKENS = new ServiceToken(IdentityTestResource.INTERNAL_SECRET);
    private static volatile String base = "";

    private HttpServer server;

    /**
     * A request as it came.
     *
     * @param claims null when its token did not hold
     */
    record Asked(
            String path, String raw, JsonNode body, ServiceToken.@Nullable Claims claims, Map<String, String> headers) {

        String number() {
            return body.path(path.equals(HOOK) ? "phone" : "to").asText();
        }
    }

    private record Answer(int status, String retryAfter, String body) {}

    /** What was asked about a number. */
    static List<Asked> about(String path, String number) {
        return ASKED.stream()
                .filter(asked -> asked.path().equals(path) && asked.number().equals(number))
                .toList();
    }

    /** The next request about a number gets this answer. */
    static void answer(String number, int status, String retryAfter, String body) {
        ANSWERS.computeIfAbsent(number, any -> new ConcurrentLinkedDeque<>()).add(new Answer(status, retryAfter, body));
    }

    /** The hook's address. */
    static String hook() {
        return base + HOOK + "?of=salon";
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", Neighbours::answer);
        server.start();
        base = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "throughline.follow-ups.sms-url",
                base,
                "throughline.follow-ups.telephony-url",
                base,
                "throughline.follow-ups.own-hook-hosts",
                "127.0.0.1",
                "throughline.follow-ups.backoff",
                "50ms");
    }

    private static void answer(HttpExchange exchange) throws IOException {
        String raw = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String path = exchange.getRequestURI().getPath();
        Map<String, String> headers = new HashMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> headers.put(name.toLowerCase(), values.getFirst()));
        String token = String.valueOf(exchange.getRequestHeaders().getFirst(ServiceToken.HEADER));
        Asked asked = new Asked(
                path,
                raw,
                EventJson.mapper().readTree(raw),
                TOKENS.verify(token, path.equals(TEXTS) ? ServiceToken.SMS_SERVICE : ServiceToken.TELEPHONY_GATEWAY)
                        .orElse(null),
                headers);
        ASKED.add(asked);
        Deque<Answer> told = ANSWERS.get(asked.number());
        Answer answer = told == null ? null : told.poll();
        if (answer == null) {
            String id = path.equals(CALLS) ? "outboundCallId" : "id";
            answer = new Answer(202, "", "{\"success\":true,\"data\":{\"" + id + "\":\"taken-1\"}}");
        }
        if (!answer.retryAfter().isEmpty()) {
            exchange.getResponseHeaders().add("Retry-After", answer.retryAfter());
        }
        byte[] body = answer.body().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(answer.status(), body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

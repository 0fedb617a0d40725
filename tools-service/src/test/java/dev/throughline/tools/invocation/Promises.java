package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.JsonNode;
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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** conversation-context's {@code POST /internal/follow-ups}: promises what is asked for, unless told otherwise for a lead. */
public class Promises implements QuarkusTestResourceLifecycleManager {

    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();
    private static final Map<String, Integer> REFUSED = new ConcurrentHashMap<>();
    private static final ServiceToken TOKENS = new ServiceToken(IdentityTestResource.INTERNAL_SECRET);

    private HttpServer server;

    /** A request as it came; {@code claims} null when its token did not hold. */
    record Asked(JsonNode body, ServiceToken.Claims claims) {}

    /** The requests about a lead. */
    static List<Asked> about(UUID lead) {
        return ASKED.stream()
                .filter(asked -> asked.body().path("leadId").asText().equals(lead.toString()))
                .toList();
    }

    /** Requests about a lead are answered with this status. */
    static void refuse(UUID lead, int status) {
        REFUSED.put(lead.toString(), status);
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/follow-ups", exchange -> {
            var body = EventJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
            String token = String.valueOf(exchange.getRequestHeaders().getFirst(ServiceToken.HEADER));
            ASKED.add(new Asked(
                    body,
                    TOKENS.verify(token, ServiceToken.CONVERSATION_CONTEXT).orElse(null)));
            int status = REFUSED.getOrDefault(body.path("leadId").asText(), 201);
            byte[] answer = ("{\"state\":\"scheduled\",\"dueAt\":\""
                            + body.path("at").asText() + "\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return Map.of(
                "throughline.callback.context-url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

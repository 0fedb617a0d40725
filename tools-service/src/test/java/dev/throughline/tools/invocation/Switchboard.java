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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** telephony-gateway's {@code POST /internal/hand-overs}, answering as its CallSid says: {@code CA<status>…}; {@code CA0} never answers. */
public class Switchboard implements QuarkusTestResourceLifecycleManager {

    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();
    private static final ServiceToken TOKENS = new ServiceToken(IdentityTestResource.INTERNAL_SECRET);

    private HttpServer server;

    /** A request as it came; {@code claims} null when its token did not hold. */
    record Asked(JsonNode body, ServiceToken.Claims claims) {}

    /** The requests about a call. */
    static List<Asked> about(String callSid) {
        return ASKED.stream()
                .filter(asked -> asked.body().path("callSid").asText().equals(callSid))
                .toList();
    }

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/internal/hand-overs", exchange -> {
            var body = EventJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
            String token = String.valueOf(exchange.getRequestHeaders().getFirst(ServiceToken.HEADER));
            ASKED.add(new Asked(
                    body, TOKENS.verify(token, ServiceToken.TELEPHONY_GATEWAY).orElse(null)));
            int status = Integer.parseInt(body.path("callSid").asText().replaceAll("^CA(\\d+).*", "$1"));
            if (status == 0) {
                return;
            }
            byte[] answer = (status == 202
                            ? "{\"handOverId\":\"ho_1\",\"status\":\"ringing\",\"human\":\"Maria\"}"
                            : "{\"code\":\"X\"}")
                    .getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(status, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        server.start();
        return Map.of(
                "throughline.hand-over.telephony-url",
                "http://127.0.0.1:" + server.getAddress().getPort(),
                "throughline.hand-over.timeout",
                "1s");
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

package dev.throughline.tools.invocation;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.events.EventJson;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.LeadContextCodec;
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

/**
 * The neighbours this service asks: telephony-gateway's {@code POST /internal/hand-overs}, answering as its CallSid says ({@code
 * CA<status>…}; {@code CA0} never answers); sms-service's {@code POST /internal/texts}, answering as the text says ({@code <status>
 * <code>…}); conversation-context's {@code GET /internal/lead-contexts/…}, which knows the leads it was {@linkplain #knows told of}, and
 * {@code GET /internal/widget-conversations/…}.
 */
public class Switchboard implements QuarkusTestResourceLifecycleManager {

    private static final List<Asked> ASKED = new CopyOnWriteArrayList<>();
    private static final List<Asked> TEXTS = new CopyOnWriteArrayList<>();
    private static final Map<String, byte[]> CONTEXTS = new ConcurrentHashMap<>();
    private static final Map<String, UUID> VISITORS = new ConcurrentHashMap<>();
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

    /** The texts that were asked for with these words. */
    static List<Asked> texts(String words) {
        return TEXTS.stream()
                .filter(asked -> asked.body().path("body").asText().equals(words))
                .toList();
    }

    /** Makes a lead known. */
    static void knows(LeadContext context) {
        CONTEXTS.put(context.tenantId() + "/" + context.leadId(), LeadContextCodec.encode(context));
    }

    /** Makes a conversation one of a page. */
    static void gave(String conversationId, UUID leadId) {
        VISITORS.put(conversationId, leadId);
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
        server.createContext("/internal/texts", this::text);
        server.createContext("/internal/lead-contexts/", this::context);
        server.createContext("/internal/widget-conversations/", Switchboard::conversation);
        server.start();
        String here = "http://127.0.0.1:" + server.getAddress().getPort();
        return Map.of(
                "throughline.hand-over.telephony-url",
                here,
                "throughline.hand-over.timeout",
                "1s",
                "throughline.texting.sms-url",
                here,
                "throughline.texting.timeout",
                "1s",
                "throughline.lead-contexts.url",
                here);
    }

    private void text(HttpExchange exchange) throws IOException {
        var body = EventJson.mapper().readTree(exchange.getRequestBody().readAllBytes());
        String token = String.valueOf(exchange.getRequestHeaders().getFirst(ServiceToken.HEADER));
        TEXTS.add(new Asked(body, TOKENS.verify(token, ServiceToken.SMS_SERVICE).orElse(null)));
        String[] words = body.path("body").asText().split(" ", 3);
        switch (words[0]) {
            case "silence" -> {}
            case "202" ->
                answer(
                        exchange,
                        202,
                        "{\"success\":true,\"data\":{\"id\":\"t1\",\"status\":\"%s\",\"sendAt\":\"2026-11-24T13:00:00Z\"}}"
                                .formatted(words[1]));
            default ->
                answer(
                        exchange,
                        Integer.parseInt(words[0]),
                        "{\"type\":\"about:blank\",\"status\":%s,\"detail\":\"no\",\"code\":\"%s\"}"
                                .formatted(words[0], words[1]));
        }
    }

    private void context(HttpExchange exchange) throws IOException {
        byte[] known = CONTEXTS.get(exchange.getRequestURI().getPath().replaceFirst("^/internal/lead-contexts/", ""));
        answer(exchange, known == null ? 404 : 200, known == null ? "{}" : new String(known, StandardCharsets.UTF_8));
    }

    private static void conversation(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        UUID visitor = VISITORS.get(path.substring(path.lastIndexOf('/') + 1));
        answer(exchange, visitor == null ? 404 : 200, visitor == null ? "{}" : "{\"leadId\":\"" + visitor + "\"}");
    }

    private static void answer(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}

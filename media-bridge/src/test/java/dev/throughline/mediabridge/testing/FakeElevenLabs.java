package dev.throughline.mediabridge.testing;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/**
 * As much of ElevenLabs as a bridge meets: signed URLs and agent sockets, each agent with a behaviour of its own, so that tests do not
 * disturb each other. Also takes what telephony-gateway is told, and answers what it is asked.
 */
public final class FakeElevenLabs implements AutoCloseable {

    /** What telephony-gateway was told, with the token it was told by. */
    public record Outcome(String callSid, String outcome, String token) {}

    private final Vertx vertx = Vertx.vertx();
    private final HttpServer server;
    private final Map<String, FakeAgent> agents = new ConcurrentHashMap<>();
    private final Map<String, JsonObject> briefings = new ConcurrentHashMap<>();
    private final Map<String, List<ServerWebSocket>> heardElsewhere = new ConcurrentHashMap<>();
    private final List<String> listenTokens = new CopyOnWriteArrayList<>();
    private final List<Outcome> outcomes = new CopyOnWriteArrayList<>();

    public FakeElevenLabs(String baseUrl) throws Exception {
        int port = URI.create(baseUrl).getPort();
        server = vertx.createHttpServer(new HttpServerOptions()
                        .setHost("127.0.0.1")
                        .setPort(port)
                        .setPerMessageWebSocketCompressionSupported(true)
                        .setMaxWebSocketFrameSize(1 << 20))
                .requestHandler(this::onRequest);
        server.listen().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    /** An agent that did not exist before. */
    public FakeAgent agent(String agentId) {
        return agents.computeIfAbsent(agentId, FakeAgent::new);
    }

    /** What telephony-gateway answers when it is asked for the briefing of a call; {@code delayMillis} in it makes it slow. */
    public void brief(String callSid, JsonObject briefing) {
        briefings.put(callSid, briefing);
    }

    /** What was told about a call. */
    public List<Outcome> outcomesOf(String callSid) {
        return outcomes.stream().filter(told -> told.callSid().equals(callSid)).toList();
    }

    /** Plays another bridge that has this call: the sockets of those who listen to it come here. */
    public List<ServerWebSocket> holdElsewhere(String callSid) {
        return heardElsewhere.computeIfAbsent(callSid, sid -> new CopyOnWriteArrayList<>());
    }

    /** With what tokens the other bridge was asked. */
    public List<String> listenTokens() {
        return List.copyOf(listenTokens);
    }

    @Override
    public void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    }

    private void onRequest(HttpServerRequest request) {
        FakeAgent agent = agents.get(String.valueOf(request.getParam("agent_id")));
        if (request.path().equals("/v1/convai/conversation/get-signed-url")) {
            signedUrl(request, agent);
        } else if (request.path().equals("/v1/convai/conversation") && agent != null) {
            upgrade(request, agent);
        } else if (request.path().startsWith("/internal/calls/")
                && request.path().endsWith("/briefing")) {
            briefing(request);
        } else if (request.path().startsWith("/internal/calls/")
                && request.path().endsWith("/listen")) {
            listen(request);
        } else if (request.path().startsWith("/internal/calls/")) {
            outcome(request);
        } else {
            request.response().setStatusCode(404).end("{}");
        }
    }

    private void signedUrl(HttpServerRequest request, FakeAgent agent) {
        if (agent == null || agent.isUnknown()) {
            request.response().setStatusCode(404).end("{\"detail\":{\"status\":\"agent_not_found\",\"message\":\"\"}}");
            return;
        }
        String url = "ws://127.0.0.1:" + server.actualPort() + "/v1/convai/conversation?agent_id=" + agent.id()
                + "&conversation_signature=test";
        request.response().end(new JsonObject().put("signed_url", url).encode());
    }

    private void upgrade(HttpServerRequest request, FakeAgent agent) {
        if (agent.refusesUpgrade()) {
            request.response().setStatusCode(500).end();
            return;
        }
        request.toWebSocket().onSuccess((ServerWebSocket socket) -> agent.accept(socket));
    }

    private void listen(HttpServerRequest request) {
        String callSid = request.path().split("/")[3];
        List<ServerWebSocket> listeners = heardElsewhere.get(callSid);
        if (listeners == null) {
            request.response().setStatusCode(404).end();
        } else {
            listenTokens.add(String.valueOf(request.getHeader("X-Service-Token")));
            request.toWebSocket().onSuccess(listeners::add);
        }
    }

    private void briefing(HttpServerRequest request) {
        String callSid = request.path().split("/")[3];
        JsonObject briefing = briefings.get(callSid);
        if (briefing == null) {
            request.response().setStatusCode(404).end();
        } else {
            vertx.setTimer(briefing.getLong("delayMillis", 1L), due -> request.response()
                    .end(briefing.encode()));
        }
    }

    private void outcome(HttpServerRequest request) {
        String callSid = request.path().split("/")[3];
        String token = String.valueOf(request.getHeader("X-Service-Token"));
        request.body().onSuccess(body -> {
            outcomes.add(new Outcome(callSid, body.toJsonObject().getString("outcome"), token));
            request.response().setStatusCode(204).end();
        });
    }
}

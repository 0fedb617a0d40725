package dev.throughline.sms;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An agent that answers texts with {@code You wrote: …} and a Twilio that takes messages, as little of both as this service's
 * tests need. A word in a text makes them misbehave: {@code mute} is answered only on the second session, {@code silence} never,
 * {@code tool} is answered after a server tool and a client tool, {@code hang} begins with a server tool that never ends,
 * {@code think} is answered only when {@link #goOn} lets it, {@code long} in three sentences of forty characters,
 * {@code lost} makes Twilio store the message and answer 503, {@code busy} makes it answer 429 once, {@code stopped} that the customer
 * has opted out.
 */
public class FakeProviders implements QuarkusTestResourceLifecycleManager {

    /** A text Twilio was asked to send. */
    public record Sent(
            String sid,
            String to,
            String from,
            String service,
            String body,
            List<String> mediaUrls,
            String statusCallback) {}

    static final List<Sent> SENT = new CopyOnWriteArrayList<>();
    public static final List<JsonNode> INITIATIONS = new CopyOnWriteArrayList<>();
    /** Contextual updates. */
    public static final List<String> TOLD = new CopyOnWriteArrayList<>();
    /** What client tools gave the agent. */
    public static final List<JsonNode> TOOL_RESULTS = new CopyOnWriteArrayList<>();
    /** Answers an agent thinks about, by the question. */
    private static final Map<String, List<Runnable>> THINKING = new ConcurrentHashMap<>();

    /** Twilio writes the zone as figures. */
    private static final DateTimeFormatter TWILIO_DATE =
            DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final AtomicInteger NUMBER = new AtomicInteger();
    private static final Map<String, AtomicInteger> SEEN = new ConcurrentHashMap<>();

    /** How many more signed URLs ElevenLabs answers with 503. */
    private static final AtomicInteger AWAY = new AtomicInteger();

    private final Vertx vertx = Vertx.vertx();

    @Override
    public Map<String, String> start() {
        HttpServer server = vertx.createHttpServer(new HttpServerOptions().setMaxFormAttributeSize(1 << 16))
                .requestHandler(FakeProviders::request)
                .webSocketHandler(this::conversation);
        int port = server.listen(0)
                .toCompletionStage()
                .toCompletableFuture()
                .join()
                .actualPort();
        String base = "http://127.0.0.1:" + port;
        return Map.of(
                "throughline.elevenlabs.api-base-url", base,
                "throughline.twilio.api-base-url", base,
                "throughline.sms.media.max-bytes", "100000",
                "throughline.sms.burst-window", "200ms",
                "throughline.sms.quiet-period", "100ms",
                "throughline.sms.greeting-wait", "50ms",
                "throughline.sms.reply-timeout", "4s",
                "throughline.twilio.read-timeout", "2s",
                "throughline.sms.send-within", "1s",
                "throughline.sms.repeat.unreachable", "100ms");
    }

    @Override
    public void stop() {
        vertx.close();
    }

    /** How many sessions think about a question with these words. */
    public static int thinking(String words) {
        return THINKING.entrySet().stream()
                .filter(entry -> entry.getKey().contains(words))
                .mapToInt(entry -> entry.getValue().size())
                .sum();
    }

    /** Lets every session that thinks about these words answer. */
    public static void goOn(String words) {
        THINKING.keySet().stream()
                .filter(question -> question.contains(words))
                .toList()
                .forEach(question ->
                        Objects.requireNonNull(THINKING.remove(question)).forEach(Runnable::run));
    }

    /** ElevenLabs gives no signed URL so many times. */
    public static void beAway(int requests) {
        AWAY.set(requests);
    }

    /** What was sent to a customer, in order. */
    public static List<Sent> sentTo(String customer) {
        return SENT.stream().filter(sent -> sent.to().equals(customer)).toList();
    }

    private static int times(String what) {
        return SEEN.computeIfAbsent(what, key -> new AtomicInteger()).incrementAndGet();
    }

    private static void request(HttpServerRequest request) {
        if (request.path().endsWith("/get-signed-url") && AWAY.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            answer(request, 503, new JsonObject());
        } else if (request.path().endsWith("/get-signed-url")) {
            String host = Objects.requireNonNull(request.authority()).toString();
            answer(request, 200, new JsonObject().put("signed_url", "ws://" + host + "/v1/convai/conversation?x=1"));
        } else if (request.path().contains("/Media/") || request.path().startsWith("/files/")) {
            media(request);
        } else if (request.path().endsWith("/Messages.json")
                && request.method().name().equals("GET")) {
            list(request);
        } else if (request.path().endsWith("/Messages.json")) {
            request.setExpectMultipart(true);
            request.end().onSuccess(read -> send(request));
        } else {
            answer(request, 404, new JsonObject());
        }
    }

    /** A file is where the API, asked with credentials, redirects to; there nobody may show them. */
    private static void media(HttpServerRequest request) {
        boolean credentials = request.getHeader("Authorization") != null;
        boolean file = request.path().startsWith("/files/");
        if (credentials == file) {
            request.response().setStatusCode(401).end();
        } else if (request.path().endsWith("gone")) {
            request.response().setStatusCode(404).end();
        } else if (!file) {
            String name = request.path().substring(request.path().lastIndexOf('/') + 1);
            request.response()
                    .setStatusCode(307)
                    .putHeader("Location", "/files/" + name)
                    .end();
        } else {
            request.response()
                    .setChunked(true)
                    .putHeader("Content-Type", request.path().endsWith("page") ? "text/html" : "image/png")
                    .end("x".repeat(request.path().endsWith("huge") ? 200_000 : 50_000));
        }
    }

    private static void send(HttpServerRequest request) {
        String body = request.getFormAttribute("Body");
        if (body.contains("busy") && times(body) == 1) {
            answer(
                    request,
                    429,
                    new JsonObject()
                            .put("code", 20429)
                            .put("message", "Too Many Requests")
                            .put("status", 429));
            return;
        }
        if (body.contains("stopped")) {
            answer(
                    request,
                    400,
                    new JsonObject()
                            .put("code", 21610)
                            .put("message", "Attempt to send to unsubscribed recipient")
                            .put("status", 400));
            return;
        }
        Sent sent = new Sent(
                "SM%032d".formatted(NUMBER.incrementAndGet()),
                request.getFormAttribute("To"),
                request.getFormAttribute("From"),
                request.getFormAttribute("MessagingServiceSid"),
                body,
                request.formAttributes().getAll("MediaUrl"),
                request.getFormAttribute("StatusCallback"));
        SENT.add(sent);
        if (body.contains("lost")) {
            request.response().setStatusCode(503).end("<html>Service Unavailable</html>");
        } else {
            answer(request, 201, message(sent));
        }
    }

    private static void list(HttpServerRequest request) {
        List<JsonObject> messages = sentTo(request.getParam("To")).stream()
                .map(FakeProviders::message)
                .toList();
        answer(
                request,
                200,
                new JsonObject().put("messages", messages).put("page", 0).put("page_size", 50));
    }

    private static JsonObject message(Sent sent) {
        return new JsonObject()
                .put("sid", sent.sid())
                .put("to", sent.to())
                .put("from", sent.from())
                .put("body", sent.body())
                .put("status", "queued")
                .put("num_segments", "1")
                .put("date_created", TWILIO_DATE.format(OffsetDateTime.now(ZoneOffset.UTC)));
    }

    private static void answer(HttpServerRequest request, int status, JsonObject body) {
        request.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json")
                .end(body.encode());
    }

    private void conversation(ServerWebSocket socket) {
        String id = "conv_" + NUMBER.incrementAndGet();
        socket.textMessageHandler(text -> {
            JsonNode message = read(text);
            switch (message.path("type").asText()) {
                case "conversation_initiation_client_data" -> {
                    INITIATIONS.add(message);
                    socket.writeTextMessage("""
                            {"type":"conversation_initiation_metadata","conversation_initiation_metadata_event":
                            {"conversation_id":"%s","agent_output_audio_format":"ulaw_8000","user_input_audio_format":"ulaw_8000"}}""".formatted(id));
                    socket.writeTextMessage(response("Hello, how can I help you today?"));
                }
                case "contextual_update" -> TOLD.add(message.path("text").asText());
                case "client_tool_result" -> afterTools(socket, message);
                case "user_message" -> reply(socket, message.path("text").asText());
                default -> {}
            }
        });
    }

    private static void reply(ServerWebSocket socket, String question) {
        if (question.contains("silence") || question.contains("mute") && times(question) == 1) {
            return;
        }
        if (question.contains("think")) {
            THINKING.computeIfAbsent(question, key -> new CopyOnWriteArrayList<>())
                    .add(() -> socket.writeTextMessage(response("You wrote: " + question)));
            return;
        }
        if (question.contains("tool") || question.contains("hang")) {
            socket.writeTextMessage(tool("agent_tool_request", "server-1", "check_availability"));
            socket.writeTextMessage(response("One moment, I look."));
            if (question.contains("tool")) {
                socket.writeTextMessage(tool("client_tool_call", "client-1", "show_map"));
            }
            return;
        }
        if (question.contains("long")) {
            for (int i = 1; i <= 3; i++) {
                socket.writeTextMessage(response("Sentence " + i + " of three is of forty letters."));
            }
            return;
        }
        socket.writeTextMessage("{\"type\":\"a_future_event\",\"a_future_event\":{\"x\":1}}");
        socket.writeTextMessage(response("You wrote: " + question));
    }

    /** The server tool takes longer than an agent that has nothing more to say is silent. */
    private void afterTools(ServerWebSocket socket, JsonNode result) {
        TOOL_RESULTS.add(result);
        vertx.setTimer(600, over -> {
            socket.writeTextMessage(tool("agent_tool_response", "server-1", "check_availability"));
            socket.writeTextMessage(response("Tuesday at nine is free."));
        });
    }

    private static String tool(String type, String id, String name) {
        return new JsonObject()
                .put("type", type)
                .put(
                        type,
                        new JsonObject()
                                .put("tool_name", name)
                                .put("tool_call_id", id)
                                .put("tool_type", type.startsWith("client") ? "client" : "webhook")
                                .put("parameters", new JsonObject())
                                .put("expects_response", true)
                                .put("is_error", false)
                                .put("is_called", true)
                                .put("event_id", 1))
                .encode();
    }

    private static String response(String text) {
        return new JsonObject()
                .put("type", "agent_response")
                .put(
                        "agent_response_event",
                        new JsonObject().put("agent_response", text).put("event_id", 1))
                .encode();
    }

    private static JsonNode read(String text) {
        try {
            return JSON.readTree(text);
        } catch (java.io.IOException notJson) {
            throw new IllegalStateException(notJson);
        }
    }
}

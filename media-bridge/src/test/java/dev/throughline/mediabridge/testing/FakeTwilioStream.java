package dev.throughline.mediabridge.testing;

import dev.throughline.platform.testing.TwilioRequests;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.http.WebSocketFrame;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** Twilio's end of a media stream. Plays nothing by itself: a test says when a mark comes back. */
public final class FakeTwilioStream {

    private final ClientWebSocket socket;
    private final List<JsonObject> received = new CopyOnWriteArrayList<>();
    private final String streamSid;
    private final String callSid;
    private volatile boolean closed;
    private volatile String extensions = "";
    private int sequence;
    private int chunk;

    private FakeTwilioStream(ClientWebSocket socket, String callSid) {
        this.socket = socket;
        this.callSid = callSid;
        this.streamSid = "MZ" + callSid.substring(2);
    }

    /** Connects with a valid signature. */
    public static FakeTwilioStream connect(Vertx vertx, int port, String path, String callSid) throws Exception {
        return connect(vertx, port, path, callSid, TwilioRequests.upgradeSignature(path));
    }

    /** Connects with a signature of the test's choice; fails with UpgradeRejectedException when refused. */
    public static FakeTwilioStream connect(Vertx vertx, int port, String path, String callSid, String signature)
            throws Exception {
        WebSocketClient client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(1 << 20).setTryUsePerMessageCompression(true));
        ClientWebSocket socket = client.webSocket();
        FakeTwilioStream stream = new FakeTwilioStream(socket, callSid);
        socket.textMessageHandler(text -> stream.received.add(new JsonObject(text)));
        socket.closeHandler(ignored -> stream.closed = true);
        socket.exceptionHandler(ignored -> {});
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        options.setHost("127.0.0.1").setPort(port).setURI(path);
        if (!signature.isEmpty()) {
            options.putHeader("x-twilio-signature", signature);
        }
        socket.connect(options)
                // The headers are gone once this has run.
                .onSuccess(opened -> stream.extensions = extensionsOf(opened))
                .toCompletionStage()
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS);
        return stream;
    }

    private static String extensionsOf(WebSocket opened) {
        return opened.headers() == null
                ? "unknown"
                : String.valueOf(opened.headers().get("sec-websocket-extensions"));
    }

    public FakeTwilioStream connected() {
        send(new JsonObject().put("event", "connected").put("protocol", "Call").put("version", "1.0.0"));
        return this;
    }

    public FakeTwilioStream start(Map<String, String> parameters) {
        send(startFrame(parameters));
        return this;
    }

    /** The start message as it would be sent next. */
    public JsonObject startFrame(Map<String, String> parameters) {
        JsonObject custom = new JsonObject();
        parameters.forEach(custom::put);
        JsonObject start = new JsonObject()
                .put("accountSid", "AC00000000000000000000000000000001")
                .put("streamSid", streamSid)
                .put("callSid", callSid)
                .put("tracks", List.of("inbound"))
                .put(
                        "mediaFormat",
                        new JsonObject()
                                .put("encoding", "audio/x-mulaw")
                                .put("sampleRate", 8000)
                                .put("channels", 1))
                .put("customParameters", custom);
        return frame("start").put("start", start);
    }

    public void media(byte[] mulaw) {
        String payload = Base64.getEncoder().encodeToString(mulaw);
        chunk++;
        send(frame("media")
                .put(
                        "media",
                        new JsonObject()
                                .put("track", "inbound")
                                .put("chunk", String.valueOf(chunk))
                                .put("timestamp", String.valueOf(20 * chunk))
                                .put("payload", payload)));
    }

    public void echo(String mark) {
        send(frame("mark").put("mark", new JsonObject().put("name", mark)));
    }

    public void press(String digit) {
        send(frame("dtmf")
                .put("dtmf", new JsonObject().put("track", "inbound_track").put("digit", digit)));
    }

    public void stop() {
        send(frame("stop").put("stop", new JsonObject().put("accountSid", "AC1").put("callSid", callSid)));
    }

    public void text(String text) {
        socket.writeTextMessage(text);
    }

    public void binary(byte[] bytes) {
        socket.writeBinaryMessage(Buffer.buffer(bytes));
    }

    public void hangUp() {
        socket.close();
    }

    /** What extensions the bridge agreed to; {@code "null"} for none. This end offers permessage-deflate. */
    public String extensions() {
        return extensions;
    }

    /** Reads nothing more, as a client that hangs. */
    public void stopReading() {
        socket.pause();
    }

    /** A text message in pieces. */
    public void fragments(String... pieces) {
        socket.writeFrame(WebSocketFrame.textFrame(pieces[0], pieces.length == 1));
        for (int i = 1; i < pieces.length; i++) {
            socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer(pieces[i]), i == pieces.length - 1));
        }
    }

    /** Frames of one kind, in order. */
    public List<JsonObject> frames(String event) {
        return received.stream()
                .filter(frame -> event.equals(frame.getString("event")))
                .toList();
    }

    /** All frames, in order. */
    public List<JsonObject> frames() {
        return List.copyOf(received);
    }

    /** What the caller would hear, base64, in order. */
    public List<String> audio() {
        return frames("media").stream()
                .map(frame -> frame.getJsonObject("media").getString("payload"))
                .toList();
    }

    /** Names of the marks received. */
    public List<String> marks() {
        return frames("mark").stream()
                .map(frame -> frame.getJsonObject("mark").getString("name"))
                .toList();
    }

    public String callSid() {
        return callSid;
    }

    public String streamSid() {
        return streamSid;
    }

    public boolean isClosed() {
        return closed;
    }

    public int closeCode() {
        return socket.closeStatusCode() == null ? -1 : socket.closeStatusCode();
    }

    public String closeReason() {
        return String.valueOf(socket.closeReason());
    }

    private JsonObject frame(String event) {
        sequence++;
        return new JsonObject()
                .put("event", event)
                .put("sequenceNumber", String.valueOf(sequence))
                .put("streamSid", streamSid);
    }

    private void send(JsonObject frame) {
        socket.writeTextMessage(frame.encode());
    }
}

package dev.throughline.mediabridge.testing;

import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One agent's behaviour and its conversations. Strict about the order: the initiation first and once, audio only after the metadata. */
public final class FakeAgent {

    private final String id;
    private final List<Talk> talks = new CopyOnWriteArrayList<>();
    private final List<String> extensions = new CopyOnWriteArrayList<>();
    private volatile String format = "ulaw_8000";
    private volatile boolean refusesOverrides;
    private volatile boolean refusesUpgrade;
    private volatile boolean unknown;
    private volatile boolean silent;

    FakeAgent(String id) {
        this.id = id;
    }

    public String id() {
        return id;
    }

    /** Announces this format both ways. */
    public FakeAgent speaking(String newFormat) {
        this.format = newFormat;
        return this;
    }

    public FakeAgent refusingOverrides() {
        this.refusesOverrides = true;
        return this;
    }

    public FakeAgent refusingUpgrades(boolean refuses) {
        this.refusesUpgrade = refuses;
        return this;
    }

    public FakeAgent unknown() {
        this.unknown = true;
        return this;
    }

    /** Withholds the metadata until {@link Talk#begin()}. */
    public FakeAgent silent() {
        this.silent = true;
        return this;
    }

    /** What extensions the bridge offered with each upgrade; {@code "null"} for none. */
    public List<String> extensions() {
        return List.copyOf(extensions);
    }

    /** The conversations so far, the newest last. */
    public List<Talk> talks() {
        return List.copyOf(talks);
    }

    boolean refusesUpgrade() {
        return refusesUpgrade;
    }

    boolean isUnknown() {
        return unknown;
    }

    void accept(ServerWebSocket socket) {
        extensions.add(String.valueOf(socket.headers().get("sec-websocket-extensions")));
        Talk talk = new Talk(socket, talks.size());
        talks.add(talk);
        socket.textMessageHandler(talk::onMessage);
        socket.closeHandler(ignored -> talk.closed = true);
    }

    /** One conversation. */
    public final class Talk {

        private final ServerWebSocket socket;
        private final int number;
        private final List<JsonObject> received = new CopyOnWriteArrayList<>();
        private final List<String> violations = new CopyOnWriteArrayList<>();
        private volatile boolean begun;
        private volatile boolean closed;

        private Talk(ServerWebSocket socket, int number) {
            this.socket = socket;
            this.number = number;
        }

        public String conversationId() {
            return "conv_" + id + "_" + number;
        }

        /** What the bridge sent, except audio. */
        public List<JsonObject> messages(String type) {
            return received.stream()
                    .filter(message -> type.equals(message.getString("type")))
                    .toList();
        }

        /** Caller audio, base64, in order. */
        public List<String> audio() {
            return received.stream()
                    .map(message -> message.getString("user_audio_chunk"))
                    .filter(chunk -> chunk != null)
                    .toList();
        }

        public JsonObject initiation() {
            return received.getFirst();
        }

        /** What a real server would have refused. */
        public List<String> violations() {
            return List.copyOf(violations);
        }

        public boolean isClosed() {
            return closed;
        }

        public int closeCode() {
            return socket.closeStatusCode() == null ? -1 : socket.closeStatusCode();
        }

        public void send(JsonObject message) {
            text(message.encode());
        }

        /** Whatever it is; nothing when the socket is closed. */
        public void text(String frame) {
            if (!socket.isClosed()) {
                socket.writeTextMessage(frame);
            }
        }

        public void event(String type, String key, JsonObject payload) {
            send(new JsonObject().put("type", type).put(key, payload));
        }

        public void audio(String base64, long eventId) {
            event(
                    "audio",
                    "audio_event",
                    new JsonObject().put("audio_base_64", base64).put("event_id", eventId));
        }

        public void says(String text, long eventId) {
            event(
                    "agent_response",
                    "agent_response_event",
                    new JsonObject().put("agent_response", text).put("event_id", eventId));
        }

        public void hears(String text, long eventId) {
            event(
                    "user_transcript",
                    "user_transcription_event",
                    new JsonObject().put("user_transcript", text).put("event_id", eventId));
        }

        public void interrupts(long eventId) {
            event("interruption", "interruption_event", new JsonObject().put("event_id", eventId));
        }

        public void corrects(String original, String corrected, long eventId) {
            event(
                    "agent_response_correction",
                    "agent_response_correction_event",
                    new JsonObject()
                            .put("original_agent_response", original)
                            .put("corrected_agent_response", corrected)
                            .put("event_id", eventId));
        }

        public void close(int code, String reason) {
            socket.close((short) code, reason);
        }

        public void begin() {
            begun = true;
            event(
                    "conversation_initiation_metadata",
                    "conversation_initiation_metadata_event",
                    new JsonObject()
                            .put("conversation_id", conversationId())
                            .put("agent_output_audio_format", format)
                            .put("user_input_audio_format", format));
        }

        private void onMessage(String text) {
            JsonObject message = new JsonObject(text);
            boolean initiation = "conversation_initiation_client_data".equals(message.getString("type"));
            if (initiation == !received.isEmpty()) {
                violations.add("initiation first and once");
            }
            if (message.containsKey("user_audio_chunk") && !begun) {
                violations.add("audio before the metadata");
            }
            received.add(message);
            if (initiation) {
                answer(message);
            }
        }

        private void answer(JsonObject initiation) {
            if (refusesOverrides && initiation.containsKey("conversation_config_override")) {
                event(
                        "client_error",
                        "error_event",
                        new JsonObject().put("code", 1008).put("error_name", "override_error"));
                close(1008, "Override for field 'first_message' is not allowed by config.");
            } else if (!silent) {
                begin();
            }
        }
    }
}

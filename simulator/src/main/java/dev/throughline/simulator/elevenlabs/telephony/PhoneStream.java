package dev.throughline.simulator.elevenlabs.telephony;

import dev.throughline.simulator.elevenlabs.account.Json;
import dev.throughline.simulator.elevenlabs.conversation.Conversation;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One media stream of Twilio's, from the upgrade to the close. What Twilio would never send is reported, and ends it.
 *
 * <pre>
 *   CONNECTED --start of a known call--> TALKING --stop, close, end of the conversation--> OVER
 *       └── anything else: 1008
 * </pre>
 */
final class PhoneStream {

    private final Services services;
    private final NativeCalls calls;
    private final ServerWebSocket socket;
    private final boolean registered;
    private String streamSid = "";
    private @Nullable PhoneLine line;
    private @Nullable Conversation conversation;
    private boolean over;

    /** {@code registered}: the socket of registered calls, which serves no others. */
    PhoneStream(Services services, NativeCalls calls, ServerWebSocket socket, boolean registered) {
        this.services = services;
        this.calls = calls;
        this.socket = socket;
        this.registered = registered;
    }

    /** Takes messages from now on. */
    void open() {
        socket.textMessageHandler(this::message);
        socket.binaryMessageHandler(bytes -> refuse("a binary message"));
        socket.closeHandler(closed -> ended(socket.closeStatusCode()));
        socket.exceptionHandler(failure -> ended(null));
    }

    private void message(String text) {
        if (over) {
            // Sent before the other side knew of the close.
            return;
        }
        JsonObject message;
        try {
            message = new JsonObject(text);
        } catch (RuntimeException malformed) {
            refuse("a message that is no JSON object");
            return;
        }
        String event = Json.text(message, "event", "");
        if (conversation == null) {
            switch (event) {
                case "connected" -> {}
                case "start" -> start(message);
                default -> refuse(event + " before start");
            }
        } else if (!streamSid.equals(message.getValue("streamSid"))) {
            refuse("a message of another stream");
        } else {
            handle(conversation, event, message);
        }
    }

    private void start(JsonObject message) {
        JsonObject start = Json.object(message, "start");
        String conversationId = Json.text(start, "customParameters.conversation_id", "");
        Optional<NativeCall> found = calls.find(conversationId).filter(call -> !call.begun());
        if (found.isEmpty() || found.get().account().isEmpty() != registered || !isTelephone(start)) {
            refuse("start of no call that waits here");
            return;
        }
        NativeCall call = found.get();
        String callSid = Json.text(start, "callSid", "");
        boolean foreign = call.account()
                .filter(account -> !account.accountSid().equals(Json.text(start, "accountSid", "")))
                .isPresent();
        if (foreign || !call.callSid().isEmpty() && !call.callSid().equals(callSid)) {
            refuse("start of another call than the conversation's");
            return;
        }
        call.placed(callSid);
        streamSid = Json.text(start, "streamSid", "");
        line = new PhoneLine(services, call.record(), socket, streamSid);
        Optional<Conversation> begun = call.begin(line, streamSid);
        conversation = begun.orElse(null);
        begun.ifPresentOrElse(
                Conversation::begin, () -> line.close(1008, call.record().terminationReason()));
    }

    private static boolean isTelephone(JsonObject start) {
        return Json.text(start, "mediaFormat.encoding", "").equals("audio/x-mulaw")
                && Json.number(start, "mediaFormat.sampleRate", 0) == 8000;
    }

    private void handle(Conversation talk, String event, JsonObject message) {
        switch (event) {
            case "media" -> {
                try {
                    talk.hearAudio(Base64.getDecoder().decode(Json.text(message, "media.payload", "")));
                } catch (IllegalArgumentException notBase64) {
                    refuse("media that is not base64");
                }
            }
            case "dtmf" -> talk.hearText(Json.text(message, "dtmf.digit", ""), "dtmf");
            case "mark" -> {
                if (line != null) {
                    line.played(Json.text(message, "mark.name", ""));
                }
            }
            case "stop" -> talk.end("Call ended by remote party", 1000, null);
            default -> refuse("an unknown event");
        }
    }

    private void ended(@Nullable Short code) {
        if (conversation != null) {
            conversation.end("Call connection lost", code == null ? 1006 : code, null);
        }
    }

    private void refuse(String what) {
        over = true;
        services.violations().add("media_stream", streamSid, "refused: " + what);
        if (conversation != null) {
            conversation.end("telephony_agent_error", 1008, null);
        }
        if (!socket.isClosed()) {
            socket.close((short) 1008, what);
        }
    }
}

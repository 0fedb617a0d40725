package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.json.JsonCursor;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Finds the speech in an {@code audio} message without building anything else. Null whenever the message is another one, or not simple enough
 * to be sure (escapes, members twice, anything malformed); {@link AgentEventParser} then asks the full parser. One use.
 */
final class AudioScanner {

    private static final byte[] TYPE = ascii("type");
    private static final byte[] IS_AUDIO = ascii("audio");
    private static final byte[] EVENT = ascii("audio_event");
    private static final byte[] BASE64 = ascii("audio_base_64");
    private static final byte[] EVENT_ID = ascii("event_id");

    private static final FastThreadLocal<JsonCursor> CURSOR = new FastThreadLocal<>() {
        @Override
        protected JsonCursor initialValue() {
            return new JsonCursor();
        }
    };

    private final JsonCursor json;
    private boolean audio;
    private boolean eventSeen;
    private @Nullable String base64;
    private boolean idSeen;
    private long eventId = -1;

    private AudioScanner(JsonCursor json) {
        this.json = json;
    }

    /** The message in {@code utf8[0..length)} if it is certainly speech. */
    static AgentEvent.@Nullable Audio scan(byte[] utf8, int length) {
        AudioScanner scanner = new AudioScanner(CURSOR.get().begin(utf8, length));
        return scanner.message() && scanner.audio && scanner.base64 != null
                ? new AgentEvent.Audio(scanner.base64, scanner.eventId)
                : null;
    }

    private boolean message() {
        if (!json.take('{')) {
            return false;
        }
        do {
            if (!json.takeName() || !member()) {
                return false;
            }
        } while (json.take(','));
        return json.take('}') && json.isAtEnd();
    }

    private boolean member() {
        if (json.is(TYPE)) {
            // Most messages that are no audio are left here.
            boolean first = !audio;
            audio = json.takeString() && json.is(IS_AUDIO);
            return first && audio;
        }
        if (json.is(EVENT)) {
            boolean first = !eventSeen;
            eventSeen = true;
            return first && event();
        }
        return json.skipValue();
    }

    private boolean event() {
        if (!json.take('{')) {
            return false;
        }
        if (json.take('}')) {
            return true;
        }
        do {
            if (!json.takeName() || !detail()) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean detail() {
        if (json.is(BASE64)) {
            boolean first = base64 == null;
            if (!json.takeString() || !json.isBase64()) {
                return false;
            }
            base64 = json.text();
            return first;
        }
        if (json.is(EVENT_ID)) {
            boolean first = !idSeen;
            idSeen = true;
            boolean taken = json.takeInteger();
            eventId = json.integer();
            return first && taken;
        }
        return json.skipValue();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

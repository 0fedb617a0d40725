package dev.throughline.mediabridge.carrier;

import dev.throughline.platform.json.JsonCursor;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads the two frames that come all the time, {@code media} and the echo of a mark, without building anything but what the frame holds:
 * fifty and more arrive per call and second.
 *
 * <p>It walks the members of the top-level object and of its {@code media} and {@code mark} objects, so that neither the order of members
 * nor a {@code "payload"} inside some other text misleads it. It is deliberately narrow: whatever it is not sure of (escapes, members
 * twice, anything malformed) is null, and {@link CarrierFrames} then asks the full parser. One stream, one thread.
 */
final class MediaScanner {

    private static final byte[] EVENT = ascii("event");
    private static final byte[] STREAM_SID = ascii("streamSid");
    private static final byte[] MEDIA = ascii("media");
    private static final byte[] MARK = ascii("mark");
    private static final byte[] PAYLOAD = ascii("payload");
    private static final byte[] NAME = ascii("name");

    private final JsonCursor json = new JsonCursor();
    private boolean eventSeen;
    private boolean isMedia;
    private boolean mediaSeen;
    private boolean markSeen;
    private @Nullable String payload;
    private @Nullable String name;
    private @Nullable String streamSid;
    /** That of an earlier frame, as a rule the same. */
    private String knownStreamSid = "";

    private byte[] knownStreamSidBytes = {};

    /** The frame in {@code utf8[0..length)}; null when it is another one or not simple enough to be sure. */
    @Nullable CarrierFrame scan(byte[] utf8, int length) {
        json.begin(utf8, length);
        eventSeen = false;
        mediaSeen = false;
        markSeen = false;
        payload = null;
        name = null;
        streamSid = null;
        if (!object(true, PAYLOAD) || !json.isAtEnd() || !eventSeen) {
            return null;
        }
        if (isMedia) {
            return payload == null ? null : new CarrierFrame.Media(streamSid == null ? "" : streamSid, payload);
        }
        return name == null ? null : new CarrierFrame.Mark(name);
    }

    /** @param wanted the member to keep of an inner object */
    private boolean object(boolean top, byte[] wanted) {
        if (!json.take('{')) {
            return false;
        }
        if (json.take('}')) {
            return true;
        }
        do {
            if (!json.takeName() || !(top ? member() : detail(wanted))) {
                return false;
            }
        } while (json.take(','));
        return json.take('}');
    }

    private boolean member() {
        if (json.is(MEDIA)) {
            boolean first = !mediaSeen;
            mediaSeen = true;
            return first && object(false, PAYLOAD);
        }
        if (json.is(MARK)) {
            boolean first = !markSeen;
            markSeen = true;
            return first && object(false, NAME);
        }
        if (json.is(EVENT)) {
            return event();
        }
        if (json.is(STREAM_SID)) {
            boolean first = streamSid == null;
            if (!json.takeString()) {
                return false;
            }
            streamSid = streamSid();
            return first;
        }
        return json.skipValue();
    }

    /** An event of another kind ends the walk. */
    private boolean event() {
        boolean first = !eventSeen;
        if (!json.takeString()) {
            return false;
        }
        eventSeen = true;
        isMedia = json.is(MEDIA);
        return first && (isMedia || json.is(MARK));
    }

    private boolean detail(byte[] wanted) {
        if (!json.is(wanted)) {
            return json.skipValue();
        }
        if (!json.takeString()) {
            return false;
        }
        if (wanted == NAME) {
            boolean first = name == null;
            name = json.text();
            return first;
        }
        boolean first = payload == null;
        if (!json.isBase64()) {
            return false;
        }
        payload = json.text();
        return first;
    }

    private String streamSid() {
        if (!json.is(knownStreamSidBytes)) {
            knownStreamSid = json.text();
            knownStreamSidBytes = ascii(knownStreamSid);
        }
        return knownStreamSid;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}

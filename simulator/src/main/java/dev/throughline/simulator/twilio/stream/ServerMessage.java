package dev.throughline.simulator.twilio.stream;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.util.Base64;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A message from the server, read as strictly as Twilio reads it: unknown event, missing or surplus field, wrong streamSid or
 * bad base64 make it {@link Invalid}, which Twilio ignores with warning 31951.
 */
sealed interface ServerMessage {

    record Media(@SuppressWarnings("ArrayRecordComponent") byte[] audio) implements ServerMessage {}

    record Mark(String name) implements ServerMessage {}

    record Clear() implements ServerMessage {}

    /** @param reason what is wrong with it, for the report; quotes no content */
    record Invalid(String reason) implements ServerMessage {}

    /** Reads {@code text} as a message for {@code streamSid}. */
    static ServerMessage read(String text, String streamSid) {
        JsonObject json;
        try {
            json = new JsonObject(text);
        } catch (DecodeException e) {
            return new Invalid("not a JSON object");
        }
        if (!(json.getValue("event") instanceof String event)) {
            return new Invalid("event is missing");
        }
        if (!streamSid.equals(json.getValue("streamSid"))) {
            return new Invalid(json.containsKey("streamSid") ? "another streamSid" : "streamSid is missing");
        }
        return switch (event) {
            case "media" -> media(json);
            case "mark" -> mark(json);
            case "clear" -> json.size() == 2 ? new Clear() : new Invalid("clear with surplus fields");
            default -> new Invalid("unknown event");
        };
    }

    private static ServerMessage media(JsonObject json) {
        String payload = onlyText(json, "media", "payload");
        if (payload == null) {
            return new Invalid("media must be {event, streamSid, media:{payload}} and nothing else");
        }
        try {
            byte[] audio = Base64.getDecoder().decode(payload);
            return audio.length == 0 ? new Invalid("media with an empty payload") : new Media(audio);
        } catch (IllegalArgumentException e) {
            return new Invalid("media payload is not base64");
        }
    }

    private static ServerMessage mark(JsonObject json) {
        String name = onlyText(json, "mark", "name");
        return name == null || name.isEmpty()
                ? new Invalid("mark must be {event, streamSid, mark:{name}} and nothing else")
                : new Mark(name);
    }

    /** The string at {@code outer.inner} when the message holds exactly the fields it must; else null. */
    private static @Nullable String onlyText(JsonObject json, String outer, String inner) {
        return json.fieldNames().equals(Set.of("event", "streamSid", outer))
                        && json.getValue(outer) instanceof JsonObject nested
                        && nested.size() == 1
                        && nested.getValue(inner) instanceof String value
                ? value
                : null;
    }
}

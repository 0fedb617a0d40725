package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioTime;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One text in one state; a new state is a new value.
 *
 * @param from null while a messaging service has not chosen a sender
 * @param direction {@code inbound}, {@code outbound-api} or {@code outbound-reply}
 * @param automatic whether Twilio itself wrote it (the answer to STOP)
 * @param errorCode null without an error
 */
record SimMessage(
        String sid,
        String direction,
        @Nullable String from,
        String to,
        String body,
        List<String> media,
        @Nullable String serviceSid,
        @Nullable String statusCallback,
        String status,
        @Nullable Integer errorCode,
        boolean automatic,
        Instant created,
        @Nullable Instant sent,
        Instant updated) {

    SimMessage with(String newStatus, @Nullable Integer error) {
        Instant now = Instant.now();
        Instant sentAt = sent == null && newStatus.equals("sent") ? now : sent;
        return new SimMessage(
                sid,
                direction,
                from,
                to,
                body,
                media,
                serviceSid,
                statusCallback,
                newStatus,
                error,
                automatic,
                created,
                sentAt,
                now);
    }

    SimMessage from(String sender) {
        return new SimMessage(
                sid,
                direction,
                sender,
                to,
                body,
                media,
                serviceSid,
                statusCallback,
                status,
                errorCode,
                automatic,
                created,
                sent,
                Instant.now());
    }

    /** The Message resource. Numbers in it are strings, {@code error_code} a number or null. */
    JsonObject toRest(TwilioAccount account) {
        String self = account.path("Messages/" + sid);
        return new JsonObject()
                .put("account_sid", account.sid())
                .put("api_version", "2010-04-01")
                .put("body", body)
                .put("date_created", TwilioTime.rfc2822(created))
                .put("date_sent", TwilioTime.rfc2822(sent))
                .put("date_updated", TwilioTime.rfc2822(updated))
                .put("direction", direction)
                .put("error_code", errorCode)
                .putNull("error_message")
                .put("from", from)
                .put("messaging_service_sid", serviceSid)
                .put("num_media", String.valueOf(media.size()))
                .put("num_segments", from == null ? "0" : String.valueOf(Segments.of(body)))
                .putNull("price")
                .putNull("price_unit")
                .put("sid", sid)
                .put("status", status)
                .put("subresource_uris", new JsonObject().put("media", self + "/Media.json"))
                .put("to", to)
                .put("uri", self + ".json");
    }

    /** For inspection. */
    JsonObject toInspection() {
        return new JsonObject()
                .put("messageSid", sid)
                .put("direction", direction)
                .put("from", from)
                .put("to", to)
                .put("body", body)
                .put("status", status)
                .put("errorCode", errorCode)
                .put("automatic", automatic)
                .put("createdAt", created.toString())
                .put("updatedAt", updated.toString());
    }
}

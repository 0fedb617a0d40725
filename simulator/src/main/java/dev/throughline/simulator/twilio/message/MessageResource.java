package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.DateFilter;
import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.RestPage;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.account.TwilioError;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Messages resource of the 2010 API: create, fetch, list, delete. Errors are thrown as {@link TwilioError}. */
public final class MessageResource {

    private static final int MAX_BODY_CHARACTERS = 1600;
    private static final int MAX_MEDIA = 10;

    private final MessageEnvironment environment;
    private final MessageLog log;
    private final Outbox outbox;
    private final OptOuts optOuts;

    MessageResource(MessageEnvironment environment, MessageLog log, Outbox outbox, OptOuts optOuts) {
        this.environment = environment;
        this.log = log;
        this.outbox = outbox;
        this.optOuts = optOuts;
    }

    /** {@code POST Messages.json}. */
    public JsonObject create(MultiMap form) {
        String to = form.get("To");
        if (to == null || to.isEmpty()) {
            throw new TwilioError(400, 21604, "A 'To' phone number is required.");
        }
        if (!PhoneNumbers.isE164(to)) {
            throw new TwilioError(400, 21211, "Invalid 'To' Phone Number: " + to);
        }
        String serviceSid = blankToNull(form.get("MessagingServiceSid"));
        String from = sender(form, serviceSid, to);
        String body = form.contains("Body") ? form.get("Body") : "";
        List<String> media = form.getAll("MediaUrl");
        if ((body.isEmpty() && media.isEmpty()) || media.size() > MAX_MEDIA) {
            throw new TwilioError(400, 21602, "Message body is required.");
        }
        if (body.length() > MAX_BODY_CHARACTERS) {
            throw new TwilioError(400, 21617, "The concatenated message body exceeds the 1600 character limit");
        }
        if (from != null && optOuts.isBlocked(blockedUnder(from), to)) {
            throw new TwilioError(400, 21610, "Attempt to send to unsubscribed recipient");
        }
        Instant now = Instant.now();
        SimMessage message = new SimMessage(
                Sids.next(media.isEmpty() ? "SM" : "MM"),
                "outbound-api",
                from,
                to,
                body,
                List.copyOf(media),
                serviceSid,
                callback(form),
                serviceSid == null ? "queued" : "accepted",
                null,
                false,
                now,
                null,
                now);
        outbox.send(message);
        return message.toRest(environment.account());
    }

    /** {@code GET Messages/{sid}.json}. */
    public JsonObject fetch(String sid) {
        return log.get(sid).toRest(environment.account());
    }

    /** {@code DELETE Messages/{sid}.json}. */
    public void delete(String sid) {
        log.get(sid);
        log.remove(sid);
    }

    /** {@code GET Messages.json}, newest first, with the filters {@code To}, {@code From} and {@code DateSent}; a text not sent yet counts from its creation. */
    public JsonObject list(MultiMap query) {
        List<JsonObject> found = log.all().reversed().stream()
                .filter(each -> matches(query.get("To"), each.to()))
                .filter(each -> matches(query.get("From"), each.from()))
                .filter(each -> DateFilter.fits(query, "DateSent", each.created()))
                .map(each -> each.toRest(environment.account()))
                .toList();
        return RestPage.of(environment.account(), "Messages", "messages", found);
    }

    private @Nullable String sender(MultiMap form, @Nullable String serviceSid, String to) {
        if (serviceSid != null) {
            if (environment.numbers().ofService(serviceSid).isEmpty()) {
                throw new TwilioError(
                        400, 21703, "The Messaging Service does not have a phone number available to send a message");
            }
            return null;
        }
        String from = form.get("From");
        if (from == null || from.isEmpty()) {
            throw new TwilioError(400, 21603, "A 'From' phone number is required.");
        }
        if (from.equals(to)) {
            throw new TwilioError(400, 21266, "'To' and 'From' number cannot be the same");
        }
        return environment
                .numbers()
                .find(from)
                .map(OwnNumber::phoneNumber)
                .orElseThrow(() -> new TwilioError(
                        400,
                        21606,
                        "The 'From' phone number provided (" + from
                                + ") is not a valid message-capable Twilio phone number for this destination"));
    }

    /** Opt-outs hold for the messaging service a number sends for, or for the number alone. */
    private String blockedUnder(String from) {
        return environment
                .numbers()
                .find(from)
                .map(number -> number.setting("MessagingServiceSid"))
                .orElse(from);
    }

    private static @Nullable String callback(MultiMap form) {
        String url = blankToNull(form.get("StatusCallback"));
        if (url != null && !url.matches("https?://[^\\s/_]+(/.*)?([?#].*)?")) {
            throw new TwilioError(400, 21609, "The 'StatusCallback' URL " + url + " is not a valid URL.");
        }
        return url;
    }

    private static boolean matches(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals(value);
    }

    private static @Nullable String blankToNull(@Nullable String value) {
        return value == null || value.isBlank() ? null : value;
    }
}

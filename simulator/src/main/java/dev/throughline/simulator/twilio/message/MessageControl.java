package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Texts as seen from {@code /_sim}: a customer texts us, and a look at what went both ways. */
public final class MessageControl {

    private static final String UNSUBSCRIBED = "You have successfully been unsubscribed. You will not receive any more"
            + " messages from this number. Reply START to resubscribe.";
    private static final String RESUBSCRIBED = "You have successfully been re-subscribed to messages from this number."
            + " Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply.";
    private static final String HELP = "Reply STOP to unsubscribe. Msg&Data Rates May Apply.";

    private final MessageEnvironment environment;
    private final MessageLog log = new MessageLog();
    private final OptOuts optOuts;
    private final Outbox outbox;
    private final MessageResource resource;
    private final IncomingText incoming;

    /** The messaging side; {@code optOutState} is read at once and blocks for the file. */
    public MessageControl(MessageEnvironment environment, StateFile optOutState) {
        this.environment = environment;
        this.optOuts = new OptOuts(optOutState);
        MessageForms forms = new MessageForms(environment.account().sid());
        this.outbox = new Outbox(environment, log, forms, optOuts);
        this.resource = new MessageResource(environment, log, outbox, optOuts);
        this.incoming = new IncomingText(environment, forms, outbox, optOuts);
    }

    /** The REST resource over the same texts. */
    public MessageResource resource() {
        return resource;
    }

    /**
     * A customer texts: {@code {"from","to","body", "media":[{"url","contentType"}]}}; answers {@code {"messageSid"}} at once, the
     * webhook follows. Throws {@link IllegalArgumentException} with what is wrong with the request.
     */
    public JsonObject receive(JsonObject request) {
        String from = request.getString("from");
        String to = request.getString("to");
        if (from == null || to == null) {
            throw new IllegalArgumentException("from and to are required");
        }
        OwnNumber number = environment
                .numbers()
                .find(to)
                .orElseThrow(() -> new IllegalArgumentException(to + " is not a number of the account"));
        List<String> urls = new ArrayList<>();
        List<String> types = new ArrayList<>();
        for (Object each : request.getJsonArray("media", new JsonArray())) {
            urls.add(((JsonObject) each).getString("url"));
            types.add(((JsonObject) each).getString("contentType"));
        }
        String body = request.getString("body", "");
        Instant now = Instant.now();
        SimMessage message = log.put(new SimMessage(
                Sids.next(urls.isEmpty() ? "SM" : "MM"),
                "inbound",
                from,
                to,
                body.length() > 1600 ? body.substring(0, 1600) : body,
                List.copyOf(urls),
                number.setting("MessagingServiceSid"),
                null,
                "received",
                null,
                false,
                now,
                null,
                now));
        String keyword = OptOuts.keyword(body);
        if (keyword != null) {
            follow(keyword, number, from);
        }
        incoming.post(number, message, types, keyword);
        return new JsonObject().put("messageSid", message.sid());
    }

    /** Texts from and to {@code number} (all when null), oldest first. */
    public JsonObject list(@Nullable String number) {
        JsonArray all = new JsonArray();
        log.all().stream()
                .filter(each -> number == null || number.equals(each.from()) || number.equals(each.to()))
                .forEach(each -> all.add(each.toInspection()));
        return new JsonObject().put("messages", all);
    }

    private void follow(String keyword, OwnNumber number, String customer) {
        String service = number.setting("MessagingServiceSid");
        String sender = service == null ? number.phoneNumber() : service;
        boolean wasBlocked = optOuts.isBlocked(sender, customer);
        optOuts.follow(keyword, sender, customer);
        String answer =
                switch (keyword) {
                    case "STOP" -> wasBlocked ? null : UNSUBSCRIBED;
                    case "START" -> wasBlocked ? RESUBSCRIBED : null;
                    default -> HELP;
                };
        if (answer != null) {
            Instant now = Instant.now();
            outbox.send(new SimMessage(
                    Sids.next("SM"),
                    "outbound-reply",
                    number.phoneNumber(),
                    customer,
                    answer,
                    List.of(),
                    service,
                    null,
                    "queued",
                    null,
                    true,
                    now,
                    null,
                    now));
        }
    }
}

package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.MessagingServices.Inbound;
import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.twiml.TwimlDocument;
import dev.throughline.simulator.twilio.twiml.TwimlException;
import dev.throughline.simulator.twilio.twiml.TwimlParser;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.twilio.webhook.WebhookResult;
import dev.throughline.simulator.twilio.webhook.WebhookResult.Answered;
import dev.throughline.simulator.twilio.webhook.WebhookResult.Failed;
import java.net.URI;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Posts a customer's text to the number's SmsUrl, then to the fallback when that fails, and executes the TwiML it gets. */
final class IncomingText {

    private static final int MAX_REPLIES = 10;
    private static final int MAX_REDIRECTS = 10;

    private final MessageEnvironment environment;
    private final MessageForms forms;
    private final Outbox outbox;
    private final OptOuts optOuts;

    IncomingText(MessageEnvironment environment, MessageForms forms, Outbox outbox, OptOuts optOuts) {
        this.environment = environment;
        this.forms = forms;
        this.outbox = outbox;
        this.optOuts = optOuts;
    }

    /** Starts the webhook of the messaging service or of the number on a virtual thread; without one the text is just kept. */
    void post(OwnNumber number, SimMessage message, List<String> contentTypes, @Nullable String keyword) {
        Optional<Inbound> ofService = environment.services().inbound(message.serviceSid());
        String url = ofService.map(Inbound::url).orElseGet(() -> number.setting("SmsUrl"));
        String method = ofService.map(Inbound::method).orElseGet(() -> number.method("SmsMethod"));
        if (url == null) {
            return;
        }
        boolean advanced = message.serviceSid() != null && "true".equals(number.setting("AdvancedOptOut"));
        Map<String, String> form = forms.incoming(message, contentTypes, advanced ? keyword : null);
        Thread.ofVirtual().name("text-" + message.sid()).start(() -> {
            int code = ask(number, message, url, method, form, 0);
            String fallback = number.setting("SmsFallbackUrl");
            if (code != 0 && fallback != null) {
                Map<String, String> again = new LinkedHashMap<>(form);
                again.put("ErrorCode", String.valueOf(code));
                again.put("ErrorUrl", url);
                ask(number, message, fallback, number.method("SmsFallbackMethod"), again, 0);
            }
        });
    }

    /** Returns 0, or the error that leads to the fallback. */
    private int ask(
            OwnNumber number, SimMessage message, String url, String method, Map<String, String> form, int redirects) {
        WebhookResult result =
                environment.webhooks().send(new Webhook(WebhookKind.SMS, method, url, form, message.sid()));
        return switch (result) {
            case Failed failed -> failed.code();
            case Answered answered -> {
                if (answered.body().isBlank()) {
                    yield 0;
                }
                try {
                    TwimlDocument document = TwimlParser.parse(answered.contentType(), answered.body(), false);
                    document.warnings().forEach(warning -> violation("12200", message, warning));
                    yield execute(number, message, document, answered.url(), form, redirects);
                } catch (TwimlException e) {
                    violation(String.valueOf(e.code()), message, "sms answer: " + e.getMessage());
                    yield e.code();
                }
            }
        };
    }

    private int execute(
            OwnNumber number,
            SimMessage message,
            TwimlDocument document,
            String url,
            Map<String, String> form,
            int redirects) {
        int replies = 0;
        for (Verb verb : document.verbs()) {
            switch (verb) {
                case Verb.Message reply -> {
                    if (++replies > MAX_REPLIES) {
                        violation("14109", message, "more than 10 Message verbs in one answer");
                        return 0;
                    }
                    reply(number, message, reply, url);
                }
                case Verb.Redirect redirect -> {
                    if (redirects >= MAX_REDIRECTS) {
                        violation("14108", message, "too many redirects");
                        return 0;
                    }
                    String target = URI.create(url).resolve(redirect.url()).toString();
                    return ask(number, message, target, redirect.method(), form, redirects + 1);
                }
                default -> violation("12200", message, verb.getClass().getSimpleName() + " is no messaging verb");
            }
        }
        return 0;
    }

    private void reply(OwnNumber number, SimMessage message, Verb.Message reply, String url) {
        boolean empty = reply.body().isEmpty() && reply.media().isEmpty();
        if (empty || reply.body().length() > 1600) {
            violation("14103", message, "a Message must hold 1 to 1600 characters");
            return;
        }
        String from = reply.from() == null ? number.phoneNumber() : reply.from();
        String to = reply.to() == null ? String.valueOf(message.from()) : reply.to();
        String sender = message.serviceSid() == null ? from : message.serviceSid();
        if (optOuts.isBlocked(sender, to)) {
            violation("21610", message, "answered a sender who has opted out; Twilio blocks it");
        }
        String callback = reply.statusCallback() == null ? reply.action() : reply.statusCallback();
        Instant now = Instant.now();
        outbox.send(new SimMessage(
                Sids.next(reply.media().isEmpty() ? "SM" : "MM"),
                "outbound-reply",
                from,
                to,
                reply.body(),
                reply.media(),
                message.serviceSid(),
                callback == null ? null : URI.create(url).resolve(callback).toString(),
                "queued",
                null,
                false,
                now,
                null,
                now));
    }

    private void violation(String code, SimMessage message, String detail) {
        environment.violations().add(code, message.sid(), detail);
    }
}

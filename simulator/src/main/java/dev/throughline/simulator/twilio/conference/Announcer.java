package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.twiml.TwimlDocument;
import dev.throughline.simulator.twilio.twiml.TwimlException;
import dev.throughline.simulator.twilio.twiml.TwimlParser;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.twilio.webhook.WebhookResult;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import dev.throughline.simulator.wire.Violations;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Plays what an {@code AnnounceUrl} or a {@code waitUrl} answers: Say and Play of a TwiML document, or an audio file, which is
 * not fetched further. A document is played once.
 */
final class Announcer {

    private final TwilioAccount account;
    private final WebhookSender webhooks;
    private final Violations violations;

    Announcer(TwilioAccount account, WebhookSender webhooks, Violations violations) {
        this.account = account;
        this.webhooks = webhooks;
        this.violations = violations;
    }

    /** To one participant, or to everybody when {@code only} is null; tells the room how it went. Returns at once. */
    void announce(Conference room, @Nullable Participant only, String url, String method) {
        Thread.startVirtualThread(() -> {
            List<Participant> to = only == null ? room.participants() : List.of(only);
            room.announced(only, play(room, to, url, method, "announcement"));
        });
    }

    /** To somebody who waits for the room to begin. Returns at once. */
    void playWhileWaiting(Conference room, Participant waiting, String url) {
        String method = waiting.options().waitMethod();
        Thread.startVirtualThread(() -> play(room, List.of(waiting), url, method, "wait"));
    }

    private boolean play(Conference room, List<Participant> to, String url, String method, String kind) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", account.sid());
        form.put("ApiVersion", "2010-04-01");
        form.put("ConferenceSid", room.sid());
        form.put("FriendlyName", room.friendlyName());
        if (to.size() == 1) {
            form.put("CallSid", to.getFirst().leg().sid());
        }
        WebhookResult result = webhooks.send(new Webhook(WebhookKind.VOICE, method, url, form, room.sid()));
        if (!(result instanceof WebhookResult.Answered answered)) {
            return false;
        }
        if (answered.contentType().startsWith("audio/")) {
            tell(to, kind, url);
            return true;
        }
        try {
            TwimlDocument document = TwimlParser.parse(answered.contentType(), answered.body(), true);
            document.warnings().forEach(warning -> violations.add("12200", room.sid(), warning));
            document.verbs().forEach(verb -> perform(room, to, kind, verb));
            return true;
        } catch (TwimlException e) {
            violations.add(String.valueOf(e.code()), room.sid(), kind + " answer: " + e.getMessage());
            return false;
        }
    }

    private void perform(Conference room, List<Participant> to, String kind, Verb verb) {
        switch (verb) {
            case Verb.Say say -> tell(to, kind, say.text());
            case Verb.Play play -> tell(to, kind, play.url());
            case Verb.Pause pause -> {}
            default ->
                violations.add(
                        "not-simulated",
                        room.sid(),
                        "<" + verb.getClass().getSimpleName() + "> in an announcement was passed over");
        }
    }

    private static void tell(List<Participant> to, String kind, String text) {
        to.forEach(each -> each.leg().told(kind, text));
    }
}

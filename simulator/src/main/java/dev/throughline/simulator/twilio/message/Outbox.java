package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.Set;

/**
 * Delivers texts of ours: queued (or accepted) → sending → sent → delivered, a status callback for each of the last two. The
 * fault {@code undelivered} (with {@code errorCode}, default 30003) makes one fail at the carrier.
 */
final class Outbox {

    private static final long SENDING_MILLIS = 60;
    private static final long DELIVERY_MILLIS = 150;

    private final MessageEnvironment environment;
    private final MessageLog log;
    private final MessageForms forms;
    private final OptOuts optOuts;

    Outbox(MessageEnvironment environment, MessageLog log, MessageForms forms, OptOuts optOuts) {
        this.environment = environment;
        this.log = log;
        this.forms = forms;
        this.optOuts = optOuts;
    }

    /** Keeps {@code message} and delivers it on a virtual thread. */
    void send(SimMessage message) {
        log.put(message);
        Thread.ofVirtual().name("message-" + message.sid()).start(() -> deliver(message));
    }

    private void deliver(SimMessage accepted) {
        try {
            Thread.sleep(SENDING_MILLIS);
            SimMessage message = chosenSender(accepted);
            String sender = message.serviceSid() == null ? String.valueOf(message.from()) : message.serviceSid();
            if (!message.automatic() && optOuts.isBlocked(sender, message.to())) {
                move(message, "failed", 21610);
                return;
            }
            message = log.put(message.with("sending", null));
            Thread.sleep(SENDING_MILLIS);
            message = move(message, "sent", null);
            Thread.sleep(DELIVERY_MILLIS);
            var fault = environment.faults().take("undelivered", Set.of("message", "sms"));
            if (fault.isPresent()) {
                move(message, "undelivered", fault.get().options().getInteger("errorCode", 30003));
            } else {
                move(message, "delivered", null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private SimMessage chosenSender(SimMessage message) {
        if (message.from() != null || message.serviceSid() == null) {
            return message;
        }
        return environment
                .numbers()
                .ofService(message.serviceSid())
                .map(number -> message.from(number.phoneNumber()))
                .orElse(message);
    }

    private SimMessage move(SimMessage message, String status, @org.jspecify.annotations.Nullable Integer error) {
        SimMessage moved = log.put(message.with(status, error));
        String callback = moved.statusCallback();
        if (callback != null) {
            environment
                    .webhooks()
                    .callBack(new Webhook(
                            WebhookKind.MESSAGE_STATUS, "POST", callback, forms.status(moved), moved.sid()));
        }
        return moved;
    }
}

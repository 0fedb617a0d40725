package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.TwilioTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parameters of the messaging webhooks, in Twilio's order. */
final class MessageForms {

    private final String accountSid;

    MessageForms(String accountSid) {
        this.accountSid = accountSid;
    }

    /**
     * A text that came in. Source: Twilio, <i>Twilio's request to your incoming message webhook URL</i>.
     *
     * @param contentTypes one per medium
     * @param optOutType null unless the messaging service has advanced opt-out and the text is a keyword
     */
    Map<String, String> incoming(SimMessage message, List<String> contentTypes, @Nullable String optOutType) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", accountSid);
        form.put("ApiVersion", "2010-04-01");
        form.put("MessageSid", message.sid());
        form.put("SmsSid", message.sid());
        form.put("SmsMessageSid", message.sid());
        form.put("SmsStatus", "received");
        if (message.serviceSid() != null) {
            form.put("MessagingServiceSid", message.serviceSid());
        }
        String from = message.from() == null ? "" : message.from();
        form.put("From", from);
        form.put("To", message.to());
        form.put("Body", message.body());
        if (optOutType != null) {
            form.put("OptOutType", optOutType);
        }
        form.put("NumMedia", String.valueOf(message.media().size()));
        for (int i = 0; i < message.media().size(); i++) {
            form.put("MediaContentType" + i, contentTypes.get(i));
            form.put("MediaUrl" + i, message.media().get(i));
        }
        form.put("NumSegments", String.valueOf(Segments.of(message.body())));
        form.putAll(PhoneNumbers.place("From"));
        form.putAll(PhoneNumbers.place("To"));
        return form;
    }

    /** A status callback. Source: Twilio, <i>Outbound message status in status callbacks</i>. */
    Map<String, String> status(SimMessage message) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", accountSid);
        form.put("ApiVersion", "2010-04-01");
        form.put("MessageSid", message.sid());
        form.put("SmsSid", message.sid());
        form.put("MessageStatus", message.status());
        form.put("SmsStatus", message.status());
        if (message.errorCode() != null) {
            form.put("ErrorCode", String.valueOf(message.errorCode()));
        }
        if (message.serviceSid() != null) {
            form.put("MessagingServiceSid", message.serviceSid());
        }
        form.put("From", message.from() == null ? "" : message.from());
        form.put("To", message.to());
        if (message.status().equals("delivered") || message.status().equals("undelivered")) {
            form.put("RawDlrDoneDate", TwilioTime.rawDlr(Instant.now()));
        }
        return form;
    }
}

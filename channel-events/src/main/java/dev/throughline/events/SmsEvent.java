package dev.throughline.events;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What happens to texts. {@code messageSid} is Twilio's MessageSid. */
public sealed interface SmsEvent extends ChannelEvent {

    /**
     * {@code sms.received}: published by sms-service in the transaction that stored the text.
     *
     * @param from the customer, E.164
     * @param to the business' number, E.164
     * @param text as received, untrimmed; may be empty on MMS
     * @param segments NumSegments
     * @param mediaUrls of an MMS; fetched with credentials on demand only
     */
    record Received(String messageSid, String from, String to, String text, int segments, List<String> mediaUrls)
            implements SmsEvent {}

    /**
     * {@code sms.sent}: Twilio accepted a text of ours.
     *
     * @param author AGENT or OPERATOR
     * @param inReplyTo MessageSid of the text this answers, null when none
     * @param conversationId the text conversation it came from, null when none
     * @param purpose what another service wanted it for: {@code agent-tool}, {@code follow-up} or {@code reminder}; null = it answers a
     *     text, or an operator wrote it
     * @param key the key that service asked for it under, null when {@code purpose} is
     * @param repeats MessageSid of the same text that was not delivered and is sent once more by this one, null otherwise
     */
    record Sent(
            String messageSid,
            String from,
            String to,
            String text,
            int segments,
            Speaker author,
            @Nullable String inReplyTo,
            @Nullable String conversationId,
            @Nullable String purpose,
            @Nullable String key,
            @Nullable String repeats)
            implements SmsEvent {

        /** A text nobody asked for under a key, sent for the first time. */
        public Sent(
                String messageSid,
                String from,
                String to,
                String text,
                int segments,
                Speaker author,
                @Nullable String inReplyTo,
                @Nullable String conversationId) {
            this(messageSid, from, to, text, segments, author, inReplyTo, conversationId, null, null, null);
        }
    }

    /**
     * {@code sms.status-changed}: delivery moved forward. A text has failed for good when its status is failed or undelivered and
     * {@code repeatAt} is null; another channel's turn has come then, if the tenant wants one.
     *
     * @param status Twilio's MessageStatus
     * @param errorCode Twilio's ErrorCode on failed and undelivered, else null
     * @param purpose as in {@link Sent}
     * @param key as in {@link Sent}
     * @param repeatAt when the text is sent once more, by a text with a MessageSid of its own and the same key; null = it is not
     */
    record StatusChanged(
            String messageSid,
            String status,
            @Nullable Integer errorCode,
            @Nullable String purpose,
            @Nullable String key,
            @Nullable Instant repeatAt)
            implements SmsEvent {

        /** The status of a text nobody asked for under a key. */
        public StatusChanged(String messageSid, String status, @Nullable Integer errorCode) {
            this(messageSid, status, errorCode, null, null, null);
        }
    }

    /**
     * {@code sms.refused}: a text of ours will never leave.
     *
     * @param textId our id of the text
     * @param to the customer's number, E.164
     * @param errorCode Twilio's, null when it was not Twilio that refused
     * @param reason a few words for a person, see {@link SmsErrors}
     * @param purpose as in {@link Sent}
     * @param key as in {@link Sent}
     */
    record Refused(
            String textId,
            String to,
            String text,
            Speaker author,
            @Nullable Integer errorCode,
            String reason,
            @Nullable String purpose,
            @Nullable String key)
            implements SmsEvent {

        /** A text nobody asked for under a key. */
        public Refused(
                String textId, String to, String text, Speaker author, @Nullable Integer errorCode, String reason) {
            this(textId, to, text, author, errorCode, reason, null, null);
        }
    }

    /**
     * {@code sms.opted-out}: the customer forbade texts.
     *
     * @param address the customer's number, E.164
     * @param word the word used, upper case
     */
    record OptedOut(String address, String word) implements SmsEvent {}

    /** {@code sms.opted-in}: the customer allowed texts again; fields as {@link OptedOut}. */
    record OptedIn(String address, String word) implements SmsEvent {}
}

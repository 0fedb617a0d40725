package dev.throughline.events;

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
     */
    record Sent(
            String messageSid,
            String from,
            String to,
            String text,
            int segments,
            Speaker author,
            @Nullable String inReplyTo,
            @Nullable String conversationId)
            implements SmsEvent {}

    /**
     * {@code sms.status-changed}: delivery moved forward.
     *
     * @param status Twilio's MessageStatus
     * @param errorCode Twilio's ErrorCode on failed and undelivered, else null
     */
    record StatusChanged(
            String messageSid, String status, @Nullable Integer errorCode) implements SmsEvent {}

    /**
     * {@code sms.refused}: a text of ours will never leave.
     *
     * @param textId our id of the text
     * @param to the customer's number, E.164
     * @param errorCode Twilio's, null when it was not Twilio that refused
     * @param reason a few words for a person, see {@link SmsErrors}
     */
    record Refused(
            String textId,
            String to,
            String text,
            Speaker author,
            @Nullable Integer errorCode,
            String reason) implements SmsEvent {}

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

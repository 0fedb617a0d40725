package dev.throughline.tools.texting;

import java.time.Instant;

/** What became of the wish to send a text. */
public sealed interface TextOutcome {

    /** It is queued and leaves now; also for a repeat under the same key. */
    record Queued() implements TextOutcome {}

    /** It leaves later, because the customer is not to be disturbed now. */
    record Scheduled(Instant at) implements TextOutcome {}

    /** It will not be sent. {@code code} is sms-service's, for example {@code OPTED_OUT} or {@code NO_SENDER}. */
    record Refused(String code) implements TextOutcome {}

    /** Sms-service did not answer in time, or did not understand. Whether the text leaves is not known. */
    record Away() implements TextOutcome {}
}

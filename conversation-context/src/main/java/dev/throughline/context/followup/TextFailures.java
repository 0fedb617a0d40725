package dev.throughline.context.followup;

import dev.throughline.events.RecordedEvent;
import dev.throughline.events.SmsErrors;
import dev.throughline.events.SmsEvent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads from texts' events which follow-ups did not reach their customers. Pure. */
final class TextFailures {

    /** The purposes sms-service is asked with here. */
    static final String FOLLOW_UP = "follow-up";

    static final String REMINDER = "reminder";

    private static final Set<String> OURS = Set.of(FOLLOW_UP, REMINDER);

    private TextFailures() {}

    /** Why, by follow-up. */
    static Map<UUID, String> in(Collection<RecordedEvent> news) {
        Map<UUID, String> failures = new LinkedHashMap<>();
        for (RecordedEvent recorded : news) {
            switch (recorded.event()) {
                case SmsEvent.StatusChanged status
                when isFinal(status) ->
                    put(
                            failures,
                            status.purpose(),
                            status.key(),
                            status.errorCode() == null
                                    ? "the text was not delivered"
                                    : "the text was not delivered: " + SmsErrors.reason(status.errorCode()));
                case SmsEvent.Refused refused ->
                    put(failures, refused.purpose(), refused.key(), "the text was refused: " + refused.reason());
                default -> {}
            }
        }
        return failures;
    }

    private static boolean isFinal(SmsEvent.StatusChanged status) {
        return status.repeatAt() == null
                && (status.status().equals("failed") || status.status().equals("undelivered"));
    }

    private static void put(Map<UUID, String> failures, @Nullable String purpose, @Nullable String key, String why) {
        if (purpose != null && key != null && OURS.contains(purpose)) {
            try {
                failures.put(UUID.fromString(key), why);
            } catch (IllegalArgumentException another) {
                // Somebody else's key: none of ours is anything but a UUID.
            }
        }
    }
}

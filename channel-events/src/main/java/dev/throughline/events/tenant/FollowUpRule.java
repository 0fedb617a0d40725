package dev.throughline.events.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing to be done by itself.
 *
 * @param minutes after the call, or before the appointment; one follow-up for each
 * @param channel TEXT or CALL
 * @param text what a text says, with the placeholders of {@link FollowUpText}; null where the channel is CALL
 * @param questions what a call asks, with placeholders too; those of a TEXT are asked when a call has to take its place
 */
public record FollowUpRule(
        List<Integer> minutes,
        FollowUpChannel channel,
        @Nullable String text,
        List<String> questions) {

    @SuppressWarnings("NullAway") // Jackson passes null for what is absent
    public FollowUpRule {
        minutes = minutes == null ? List.of() : List.copyOf(minutes);
        channel = channel == null ? FollowUpChannel.TEXT : channel;
        questions = questions == null ? List.of() : List.copyOf(questions);
    }
}

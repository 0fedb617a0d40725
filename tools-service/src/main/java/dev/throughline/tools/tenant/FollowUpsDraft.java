package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpRule;
import dev.throughline.events.tenant.FollowUpSettings;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code settings.followUps} as an operator writes it; see {@link FollowUpSettings} for the meaning of each. What is absent is not done. */
public record FollowUpsDraft(
        @Nullable Rule missedCall,
        @Nullable Rule callWithoutBooking,
        @Nullable Rule reminder) {

    /**
     * One rule; see {@link FollowUpRule}.
     *
     * @param minutes required: after the call, or before the appointment; one follow-up for each
     * @param channel TEXT (default) or CALL
     * @param text required for TEXT; placeholders {@code {name}}, {@code {business}}, for a reminder also {@code {service}}, {@code {staff}},
     *     {@code {time}}, each also as {@code {name|there}}
     * @param questions required for CALL
     */
    public record Rule(
            @Nullable List<@Nullable Integer> minutes,
            @Nullable FollowUpChannel channel,
            @Nullable String text,
            @Nullable List<@Nullable String> questions) {

        static @Nullable Rule of(@Nullable FollowUpRule rule) {
            return rule == null
                    ? null
                    : new Rule(List.copyOf(rule.minutes()), rule.channel(), rule.text(), List.copyOf(rule.questions()));
        }
    }

    static FollowUpsDraft of(FollowUpSettings followUps) {
        return new FollowUpsDraft(
                Rule.of(followUps.missedCall()),
                Rule.of(followUps.callWithoutBooking()),
                Rule.of(followUps.reminder()));
    }
}

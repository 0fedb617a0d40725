package dev.throughline.events.tenant;

import org.jspecify.annotations.Nullable;

/**
 * What a tenant wants done by itself. Null = not done. What comes after a text that failed is {@link TextSettings#onFailure()}; quiet
 * hours are {@link TextSettings#quietHours()}.
 *
 * @param missedCall after a call nobody spoke with
 * @param callWithoutBooking after a call with the agent that ended without an appointment
 * @param reminder before an appointment
 */
public record FollowUpSettings(
        @Nullable FollowUpRule missedCall,
        @Nullable FollowUpRule callWithoutBooking,
        @Nullable FollowUpRule reminder) {

    /** The settings of a tenant that wants nothing done. */
    public static FollowUpSettings none() {
        return new FollowUpSettings(null, null, null);
    }
}

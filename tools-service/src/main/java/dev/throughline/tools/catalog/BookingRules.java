package dev.throughline.tools.catalog;

import org.jspecify.annotations.Nullable;

/**
 * A service's own rules of booking; null = the installation's.
 *
 * @param noticeMinutes shortest time from now to a start
 * @param noticeDays how many days ahead a visit is booked at the least, in the tenant's days: 0 = today, 1 = tomorrow
 * @param horizonDays how many days ahead a visit can be booked at the most, in the tenant's days
 * @param gridMinutes distance of possible starts
 */
public record BookingRules(
        @Nullable Integer noticeMinutes,
        @Nullable Integer noticeDays,
        @Nullable Integer horizonDays,
        @Nullable Integer gridMinutes) {

    /** The installation's in everything. */
    public static BookingRules standard() {
        return new BookingRules(null, null, null, null);
    }
}

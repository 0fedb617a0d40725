package dev.throughline.tools.appointment;

import dev.throughline.tools.availability.SlotRequest.Rules;
import dev.throughline.tools.catalog.BookingRules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/** How visits are offered and booked. */
@ConfigMapping(prefix = "throughline.booking")
public interface BookingConfig {

    /** Shortest time between booking and visit; raising it keeps last-minute bookings out. */
    @WithDefault("PT0S")
    Duration notice();

    /** How many days ahead can be booked. */
    @WithDefault("90")
    int horizonDays();

    /** Distance of possible starts; lowering it offers more starts and leaves more odd gaps. */
    @WithDefault("PT30M")
    Duration grid();

    /** How many days ahead a visit is at the least, in the tenant's days: 0 = today; raising it to 1 ends bookings for the same day. */
    @WithDefault("0")
    int noticeDays();

    /** Longest wait between two services of one visit; raising it finds more visits and leaves customers waiting. */
    @WithDefault("PT30M")
    Duration gap();

    /** How long a start is held for a caller who is deciding; raising it keeps others from it for longer. */
    @WithDefault("PT5M")
    Duration hold();

    /** Most options in one answer: nobody remembers more of what is read out. */
    @WithDefault("4")
    int options();

    /** How many days to look for something near when a day has nothing. */
    @WithDefault("14")
    int searchDays();

    /** The rules for a visit with these services, in order: the strictest of each, and starts as the first service has them. */
    default Rules rules(List<BookingRules> services) {
        return new Rules(
                services.stream()
                        .map(one -> one.noticeMinutes() == null ? notice() : Duration.ofMinutes(one.noticeMinutes()))
                        .max(Comparator.naturalOrder())
                        .orElse(notice()),
                services.stream()
                        .mapToInt(one -> one.noticeDays() == null ? noticeDays() : one.noticeDays())
                        .max()
                        .orElse(noticeDays()),
                services.stream()
                        .mapToInt(one -> one.horizonDays() == null ? horizonDays() : one.horizonDays())
                        .min()
                        .orElse(horizonDays()),
                services.stream()
                        .findFirst()
                        .map(BookingRules::gridMinutes)
                        .map(minutes -> Duration.ofMinutes(minutes))
                        .orElse(grid()),
                gap());
    }
}

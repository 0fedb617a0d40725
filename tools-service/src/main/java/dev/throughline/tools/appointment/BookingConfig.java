package dev.throughline.tools.appointment;

import dev.throughline.tools.availability.SlotRequest.Rules;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

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

    /** Most options in one answer: nobody remembers more of what is read out. */
    @WithDefault("4")
    int options();

    /** How many days to look for something near when a day has nothing. */
    @WithDefault("14")
    int searchDays();

    /** The rules for the slot engine. */
    default Rules rules() {
        return new Rules(notice(), horizonDays(), grid());
    }
}

package dev.throughline.localstack.bench.tools;

import java.time.Duration;
import java.util.List;

/**
 * What is measured.
 *
 * @param staff people of the business
 * @param bookings in the days ahead
 * @param oldBookings that are added for the second look, in the years behind
 * @param perSecond requests in a second
 * @param warmUp before the rows of a service that has just started
 * @param window how long each row is measured
 * @param days how many days a look asks for; the first is the one the targets are about
 */
public record ToolsPlan(
        int staff, int bookings, int oldBookings, int perSecond, Duration warmUp, Duration window, List<Integer> days) {

    /** All of it. */
    public static ToolsPlan full(Duration window) {
        return new ToolsPlan(20, 5_000, 200_000, 50, Duration.ofSeconds(10), window, List.of(14, 28, 56));
    }

    /** A short look: fewer old bookings, one other number of days. */
    public static ToolsPlan quick(Duration window) {
        return new ToolsPlan(20, 5_000, 50_000, 50, Duration.ofSeconds(5), window, List.of(14, 56));
    }
}

package dev.throughline.simulator.twilio.account;

import io.vertx.core.MultiMap;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/** Twilio's filters of lists by time: {@code Name} is a day, {@code Name>} and {@code Name<} include their bound. */
public final class DateFilter {

    private DateFilter() {}

    /** Whether {@code at} is what the three forms of {@code name} ask for; a time not known yet (null) fits no filter. */
    public static boolean fits(MultiMap query, String name, @Nullable Instant at) {
        String day = query.get(name);
        String after = query.get(name + ">");
        String before = query.get(name + "<");
        if (day == null && after == null && before == null) {
            return true;
        }
        if (at == null) {
            return false;
        }
        Instant second = at.truncatedTo(ChronoUnit.SECONDS);
        return (day == null
                        || instant(name, day).truncatedTo(ChronoUnit.DAYS).equals(second.truncatedTo(ChronoUnit.DAYS)))
                && (after == null || !second.isBefore(instant(name, after).truncatedTo(ChronoUnit.SECONDS)))
                && (before == null || !second.isAfter(instant(name, before)));
    }

    /** A day, or a time with or without an offset; the official SDKs write UTC without one. */
    private static Instant instant(String name, String text) {
        try {
            if (text.length() == 19) {
                return LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
            }
            return text.length() == 10
                    ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
                    : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeParseException e) {
            throw new TwilioError(400, 20001, name + " is not a date");
        }
    }
}

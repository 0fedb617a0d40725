package dev.throughline.sms.request;

import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.quiet.QuietTime;
import dev.throughline.platform.web.Problem;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether a text may be sent, and when. Pure. */
final class SendRules {

    private static final DateTimeFormatter WHEN = DateTimeFormatter.ofPattern("EEE d MMM HH:mm zzz", Locale.ENGLISH);
    /** A time this little in the past is meant as now: clocks differ. */
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(2);
    /** The rate is counted over this long. */
    private static final Duration RATE_WINDOW = Duration.ofMinutes(1);

    private SendRules() {}

    /**
     * What the decision rests on.
     *
     * @param optedOut whether the customer forbade texts
     * @param sentLately texts of the tenant in the last minute
     * @param mostPerMinute how many there may be
     * @param quietHours null = none
     * @param customerZones where the customer may be
     * @param longestPlan how far ahead a text may be planned
     */
    record Facts(
            boolean optedOut,
            long sentLately,
            int mostPerMinute,
            @Nullable QuietHours quietHours,
            Set<ZoneId> customerZones,
            ZoneId tenantZone,
            Duration longestPlan) {}

    /**
     * When the text may leave: {@code now} or later.
     *
     * @param sendAt asked for; null = now
     * @param schedule whether quiet hours put it off instead of refusing it
     * @throws Problem 409 opted out or quiet hours (with the time until their end), 429 over the rate, 400 for a time that is past or too far
     */
    static Instant when(@Nullable Instant sendAt, boolean schedule, Facts facts, Instant now) {
        if (facts.optedOut()) {
            throw Problem.conflict(
                    "OPTED_OUT",
                    "The customer has forbidden texts (STOP); only a START from the customer allows them again.");
        }
        if (sendAt != null && sendAt.isBefore(now.minus(CLOCK_TOLERANCE))) {
            throw Problem.invalid("sendAt", "is in the past");
        }
        if (sendAt != null && sendAt.isAfter(now.plus(facts.longestPlan()))) {
            throw Problem.invalid(
                    "sendAt", "is more than " + facts.longestPlan().toDays() + " days ahead");
        }
        Instant wanted = sendAt == null || sendAt.isBefore(now) ? now : sendAt;
        Optional<Instant> quietUntil = Optional.ofNullable(facts.quietHours())
                .flatMap(rule -> QuietTime.until(rule, facts.customerZones(), wanted));
        if (quietUntil.isPresent() && !schedule) {
            throw Problem.conflict(
                            "QUIET_HOURS",
                            "It is quiet time for the customer until "
                                    + WHEN.format(quietUntil.get().atZone(facts.tenantZone()))
                                    + ": send it later, or ask for inQuietHours=schedule.")
                    .retryAfter(Duration.between(now, quietUntil.get()));
        }
        if (facts.sentLately() >= facts.mostPerMinute()) {
            throw Problem.tooManyRequests(
                            "The business has sent " + facts.sentLately() + " texts in the last minute, at most "
                                    + facts.mostPerMinute() + " are allowed: try again in a minute.")
                    .retryAfter(RATE_WINDOW);
        }
        return quietUntil.orElse(wanted);
    }
}

package dev.throughline.simulator.twilio.account;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Twilio's three ways to write an instant, all UTC. */
public final class TwilioTime {

    private static final DateTimeFormatter RFC_2822 = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss Z", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter ISO_MILLIS = DateTimeFormatter.ofPattern(
                    "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.US)
            .withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter RAW_DLR =
            DateTimeFormatter.ofPattern("yyMMddHHmm", Locale.US).withZone(ZoneOffset.UTC);

    private TwilioTime() {}

    /** {@code Sat, 21 Nov 2026 00:26:20 +0000}, as in REST answers and call callbacks; null stays null. */
    public static @Nullable String rfc2822(@Nullable Instant at) {
        return at == null ? null : RFC_2822.format(at);
    }

    /** {@code 2026-11-21T00:26:20.123Z}, as in stream status callbacks. */
    public static String iso(Instant at) {
        return ISO_MILLIS.format(at);
    }

    /** {@code 2611210026}, as in {@code RawDlrDoneDate} of message status callbacks. */
    public static String rawDlr(Instant at) {
        return RAW_DLR.format(at);
    }
}

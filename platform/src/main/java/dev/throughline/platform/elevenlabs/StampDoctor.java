package dev.throughline.platform.elevenlabs;

import dev.throughline.platform.rejection.Rejection;
import dev.throughline.platform.rejection.SafeUrl;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says why an {@link ElevenLabsSignature} did not hold. The address is not part of it. Pure. */
final class StampDoctor {

    private static final Pattern TIME = Pattern.compile("(?:^|,)\\s*t=\\s*(\\d{1,12})\\s*(?:,|$)");
    private static final String SECRET_CURE =
            "Set ELEVENLABS_WEBHOOK_SECRET to the secret ElevenLabs showed for this webhook, or run ./dev provision, which makes one.";

    private StampDoctor() {}

    /**
     * @param headers the different values of the header and its aliases
     * @param tolerance how far the time in it may be from {@code now}
     */
    static Rejection examined(String url, List<String> headers, boolean hasSecret, Duration tolerance, Instant now) {
        if (!hasSecret) {
            return rejection(url, now, "No secret is set, so nothing ElevenLabs sends is believed.", SECRET_CURE);
        }
        if (headers.isEmpty()) {
            return rejection(
                    url,
                    now,
                    "There was no header " + ElevenLabsSignature.HEADER + ".",
                    "Nothing, if it was a stranger; if it was ElevenLabs, let every proxy on the way pass the header on, and see that the webhook uses HMAC.");
        }
        if (headers.size() > 1) {
            return rejection(
                    url,
                    now,
                    "The header and its alias have different values.",
                    "Let one proxy set one of them, or name no alias.");
        }
        Matcher time = TIME.matcher(headers.getFirst());
        if (!time.find()) {
            return rejection(
                    url,
                    now,
                    "The header is not of the form t=…,v0=….",
                    "Let every proxy on the way pass it on untouched.");
        }
        long late = now.getEpochSecond() - Long.parseLong(time.group(1));
        if (Math.abs(late) > tolerance.toSeconds()) {
            return rejection(
                    url,
                    now,
                    "It was signed " + Math.abs(late) + " s " + (late > 0 ? "ago" : "ahead of our clock") + "; "
                            + tolerance.toSeconds() + " s are believed.",
                    "Set this machine's clock by NTP; if it is right, somebody sent an old webhook again.");
        }
        return rejection(
                url,
                now,
                "The time is right and the signature is not: another secret made it, or the body was changed on the way.",
                SECRET_CURE);
    }

    private static Rejection rejection(String url, Instant at, String found, String cure) {
        return new Rejection(at, "elevenlabs", SafeUrl.of(url), null, List.of(), Map.of(), found, cure);
    }
}

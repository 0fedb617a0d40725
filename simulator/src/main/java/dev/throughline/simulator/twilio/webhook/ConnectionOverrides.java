package dev.throughline.simulator.twilio.webhook;

import java.net.URI;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a webhook connects, waits and retries, tunable in the URL's fragment ({@code #rt=2000&rc=2&rp=5xx,ct}). Source: Twilio,
 * <i>Webhooks connection overrides</i>. Values outside Twilio's ranges are brought into them.
 *
 * @param connectMillis {@code ct}, 100 to 10 000
 * @param readMillis {@code rt}, 100 to 15 000
 * @param totalMillis {@code tt}, 100 to 15 000, over all attempts
 * @param retries {@code rc}, 0 to 5
 * @param retryOn {@code rp}: any of {@code 4xx 5xx ct rt all}
 */
record ConnectionOverrides(int connectMillis, int readMillis, int totalMillis, int retries, Set<String> retryOn) {

    /** Connect 5 s, read 15 s, total 15 s, one retry and only when connecting failed. */
    static final ConnectionOverrides DEFAULT = new ConnectionOverrides(5_000, 15_000, 15_000, 1, Set.of("ct"));

    static ConnectionOverrides of(String url) {
        String fragment = URI.create(url).getRawFragment();
        if (fragment == null || fragment.isEmpty()) {
            return DEFAULT;
        }
        Map<String, String> values = new HashMap<>();
        for (String pair : fragment.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        String policy = values.get("rp");
        return new ConnectionOverrides(
                number(values.get("ct"), DEFAULT.connectMillis, 100, 10_000),
                number(values.get("rt"), DEFAULT.readMillis, 100, 15_000),
                number(values.get("tt"), DEFAULT.totalMillis, 100, 15_000),
                number(values.get("rc"), DEFAULT.retries, 0, 5),
                policy == null ? DEFAULT.retryOn : new HashSet<>(Arrays.asList(policy.split(",", -1))));
    }

    boolean retries(String reason) {
        return retryOn.contains("all") || retryOn.contains(reason);
    }

    private static int number(@Nullable String value, int fallback, int min, int max) {
        return value != null && value.matches("\\d{1,6}") ? Math.clamp(Integer.parseInt(value), min, max) : fallback;
    }
}

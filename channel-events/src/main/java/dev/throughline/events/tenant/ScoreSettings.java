package dev.throughline.events.tenant;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much the parts of a lead's score count for a tenant.
 *
 * @param weights percent of the suite's own points by factor, 0 to {@value #MOST}; a factor that is missing counts 100
 */
public record ScoreSettings(Map<String, Integer> weights) {

    /** Every factor a score may have. */
    public static final List<String> FACTORS = List.of(
            "contact",
            "channels",
            "engaged",
            "booked",
            "conversation",
            "evaluation",
            "interest",
            "recent",
            "name",
            "opted-out");

    /** The highest weight, in percent. */
    public static final int MOST = 500;

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public ScoreSettings {
        weights = weights == null ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(weights));
    }

    /** The settings of a tenant that told nothing. */
    public static ScoreSettings standard() {
        return new ScoreSettings(Map.of());
    }

    /** The points a factor counts here; rounded towards nothing, so that a small weight can silence it. */
    public int weighed(String factor, int points) {
        return points * weights.getOrDefault(factor, 100) / 100;
    }
}

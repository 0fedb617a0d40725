package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.ScoreSettings;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * {@code settings.score} as an operator writes it; see {@link ScoreSettings}.
 *
 * @param weights percent by factor; null takes one back to 100
 */
public record ScoreDraft(@Nullable Map<String, @Nullable Integer> weights) {

    static ScoreDraft of(ScoreSettings score) {
        return new ScoreDraft(Map.copyOf(score.weights()));
    }
}

package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.ScoreSettings;
import dev.throughline.platform.web.Problem;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Turns a draft of {@code settings.score} into settings, naming everything that is wrong with it. Pure. */
final class ScoreCheck {

    private static final String PATH = "settings.score.weights.";

    private ScoreCheck() {}

    /** The settings. @param wrong gets every wrong field */
    static ScoreSettings settings(@Nullable ScoreDraft draft, List<Problem.Field> wrong) {
        if (draft == null || draft.weights() == null) {
            return ScoreSettings.standard();
        }
        Map<String, Integer> weights = new TreeMap<>();
        draft.weights().forEach((factor, weight) -> {
            if (!ScoreSettings.FACTORS.contains(factor)) {
                wrong.add(new Problem.Field(
                        PATH + factor, "is no factor; there are " + String.join(", ", ScoreSettings.FACTORS)));
            } else if (weight != null && (weight < 0 || weight > ScoreSettings.MOST)) {
                wrong.add(new Problem.Field(PATH + factor, "must be between 0 and " + ScoreSettings.MOST + " percent"));
            } else if (weight != null) {
                weights.put(factor, weight);
            }
        });
        return new ScoreSettings(weights);
    }
}

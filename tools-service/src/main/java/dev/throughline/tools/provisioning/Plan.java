package dev.throughline.tools.provisioning;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run would do, or what it did.
 *
 * @param steps in the order they are done
 * @param notes what an operator should know besides, a sentence each
 * @param sealedWebhookSecret only from a run that made the webhook: its secret, which is shown by ElevenLabs once, encrypted for the key the
 *     run was given
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Plan(
        List<Step> steps, List<String> notes, @Nullable String sealedWebhookSecret) {

    /** What becomes of a thing. */
    public enum Action {
        @JsonProperty("create")
        CREATE,
        @JsonProperty("change")
        CHANGE,
        @JsonProperty("none")
        NONE
    }

    /** What became of a step. */
    public enum Outcome {
        @JsonProperty("done")
        DONE,
        @JsonProperty("unchanged")
        UNCHANGED,
        @JsonProperty("failed")
        FAILED,
        /** A step before it failed. */
        @JsonProperty("not-tried")
        NOT_TRIED
    }

    /**
     * One step.
     *
     * @param differences one line each; empty for {@code none}
     * @param outcome null in a plan
     * @param problem why it failed and what to do; null otherwise
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Step(
            String id,
            String target,
            String what,
            Action action,
            List<String> differences,
            @Nullable Outcome outcome,
            @Nullable String problem) {

        Step with(Outcome became, @Nullable String why) {
            return new Step(id, target, what, action, differences, became, why);
        }
    }

    /** Whether nothing is to be done. */
    public boolean isEmpty() {
        return steps.stream().allMatch(step -> step.action() == Action.NONE);
    }

    /** Whether a step failed. */
    public boolean hasFailed() {
        return steps.stream().anyMatch(step -> step.outcome() == Outcome.FAILED);
    }
}

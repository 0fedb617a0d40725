package dev.throughline.simulator.speech;

/**
 * What the recogniser made of an utterance.
 *
 * @param transcript the clip's text, or {@link #UNINTELLIGIBLE}
 * @param clipId the recognised clip, empty when none was
 * @param finding how it was decided, for a report; holds clip ids and figures only
 */
public record Recognition(String transcript, String clipId, String finding) {

    /** Transcript of audio that is no known clip, or a damaged one. */
    public static final String UNINTELLIGIBLE = "(unintelligible)";

    /** Whether a clip was recognised. */
    public boolean understood() {
        return !clipId.isEmpty();
    }
}

package dev.throughline.telephony.stream;

import org.jspecify.annotations.Nullable;

/** What a call does once its stream has ended. */
sealed interface AfterStream {

    /** The conversation is over, or nobody listens any more. */
    record HangUp() implements AfterStream {}

    /** Something broke: say so, and ring the business where it wants that. */
    record Apologise() implements AfterStream {}

    /** The bridge vanished without a word, or the line to it broke: bring the call to another one. */
    record Resume() implements AfterStream {}

    /**
     * Decides. Twilio asks while the caller is there: what a bridge took for the caller's leaving was the line to it breaking.
     *
     * @param reported what the bridge said of the stream; null = nothing
     * @param callOver whether Twilio's own status says that the call has ended
     * @param resumes how often this call was brought back to a bridge already
     * @param maxResumes how often it may be
     */
    static AfterStream of(@Nullable StreamOutcome reported, boolean callOver, int resumes, int maxResumes) {
        if (callOver) {
            return new HangUp();
        }
        return switch (reported) {
            case COMPLETED, HANDED_OVER -> new HangUp();
            case AGENT_UNREACHABLE, AGENT_LOST, REFUSED -> new Apologise();
            case CALLER_LEFT -> again(resumes, maxResumes);
            case null -> again(resumes, maxResumes);
        };
    }

    private static AfterStream again(int resumes, int maxResumes) {
        return resumes < maxResumes ? new Resume() : new Apologise();
    }
}

package dev.throughline.simulator.twilio.twiml;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One instruction of a TwiML document. Addresses are as written; an {@code action} resolves against its document's URL. */
public sealed interface Verb {

    record Say(String text, int loop) implements Verb {}

    /** @param digits keys to press instead of a file to play; null when none */
    record Play(String url, int loop, @Nullable String digits) implements Verb {}

    record Pause(int seconds) implements Verb {}

    /** @param reason {@code rejected} or {@code busy} */
    record Reject(String reason) implements Verb {}

    record Hangup() implements Verb {}

    record Redirect(String url, String method) implements Verb {}

    /** @param prompt Say, Play and Pause spoken while waiting */
    record Gather(
            @Nullable String action,
            String method,
            int timeoutSeconds,
            int maxDigits,
            String finishOnKey,
            boolean actionOnEmptyResult,
            List<Verb> prompt)
            implements Verb {}

    /** @param finishOnKey keys that end the recording */
    record Record(
            @Nullable String action,
            String method,
            int timeoutSeconds,
            String finishOnKey,
            int maxSeconds,
            boolean beep,
            boolean trim,
            @Nullable String recordingCallback,
            String recordingMethod)
            implements Verb {}

    /** @param nouns legs to call at once, or one conference; a noun not simulated makes a {@link NotSimulated} */
    record Dial(
            @Nullable String action,
            String method,
            int timeoutSeconds,
            int timeLimitSeconds,
            @Nullable String callerId,
            boolean hangupOnStar,
            boolean answerOnBridge,
            boolean record,
            @Nullable String recordingCallback,
            String recordingMethod,
            List<DialNoun> nouns)
            implements Verb {

        /** Whether the caller goes on ringing until somebody is there. */
        public boolean answersLate() {
            return answerOnBridge && nouns.stream().noneMatch(DialNoun.Conference.class::isInstance);
        }
    }

    /** A one-way copy of the call's audio begins. */
    record StartStream(Stream stream) implements Verb {}

    /** The one-way copy of that name ends. */
    record StopStream(String name) implements Verb {}

    record Connect(@Nullable String action, String method, Stream stream) implements Verb {}

    /** A text in answer to a text. */
    record Message(
            String body,
            List<String> media,
            @Nullable String to,
            @Nullable String from,
            @Nullable String action,
            String method,
            @Nullable String statusCallback)
            implements Verb {}

    /** A verb Twilio knows and this stand-in does not act out; it is passed over and reported. */
    record NotSimulated(String name) implements Verb {}

    /**
     * The noun of {@link Connect} and {@link StartStream}.
     *
     * @param name null when not given; Twilio then uses the stream's sid
     * @param parameters in document order
     */
    record Stream(
            @Nullable String url,
            @Nullable String name,
            @Nullable String track,
            @Nullable String statusCallback,
            String statusCallbackMethod,
            Map<String, String> parameters) {}
}

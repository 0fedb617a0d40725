package dev.throughline.platform.twilio;

/**
 * What became of one REST request that creates or changes something. The distinction matters because Twilio has no idempotency key:
 * a repeat of an unclear send may text or call a person twice.
 */
public sealed interface SendOutcome<T> {

    /** Twilio took it; {@code resource} carries a sid. */
    record Accepted<T>(T resource) implements SendOutcome<T> {}

    /**
     * It certainly did not happen.
     *
     * @param httpStatus 0 when no connection could be made
     * @param code Twilio's error code, 0 when it gave none
     * @param message Twilio's words; may name the number, so not for logs at info
     * @param retryable the same request may succeed later: 429, or no connection
     */
    record Refused<T>(int httpStatus, int code, String message, boolean retryable) implements SendOutcome<T> {}

    /** It may or may not have happened (time-out, 5xx, a broken answer): look it up before doing anything else. */
    record Unclear<T>(String reason) implements SendOutcome<T> {}
}

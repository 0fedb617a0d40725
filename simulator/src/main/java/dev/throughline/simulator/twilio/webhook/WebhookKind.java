package dev.throughline.simulator.twilio.webhook;

import java.util.Set;

/** What a request to a service is about; the names are what a fault's {@code match} may say. */
public enum WebhookKind {
    /** First request of a call, and of a redirect. */
    VOICE(Set.of("voice")),
    /** What a verb's {@code action} asks for. */
    ACTION(Set.of("voice", "action")),
    CALL_STATUS(Set.of("status", "call-status")),
    CONFERENCE_STATUS(Set.of("conference", "conference-status")),
    RECORDING_STATUS(Set.of("recording", "recording-status")),
    /** The answer of answering-machine detection. */
    AMD_STATUS(Set.of("amd", "amd-status")),
    STREAM_STATUS(Set.of("stream", "stream-status")),
    SMS(Set.of("sms")),
    MESSAGE_STATUS(Set.of("status", "message-status"));

    private final Set<String> names;

    WebhookKind(Set<String> names) {
        this.names = names;
    }

    Set<String> names() {
        return names;
    }

    /** Voice requests over HTTPS are signed without the port, messaging ones with it. Source: Twilio, <i>Security</i>. */
    boolean signsWithoutPort() {
        return this != SMS && this != MESSAGE_STATUS;
    }
}

package dev.throughline.events.tenant;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant wants its texts handled. Null stands for the suite's own way, named at each field.
 *
 * @param quietHours when no text of ours may reach a lead, but for answers to its own texts; null = no quiet hours
 * @param textsPerMinute texts out of the tenant in a minute, answers included; null = the installation's limit
 * @param maxLength most characters of an agent's answer; null = what Twilio takes at most, 1600
 * @param messagingServiceSid Twilio's MG…, which then picks the sender; null = sent from a number
 * @param senders further numbers of the tenant that may send, E.164; a lead keeps the one it knows
 * @param helpText answers HELP where Twilio does not; null = left to Twilio
 * @param fallback sent when the agent does not answer; null = {@code settings.autoReply}, else silence
 * @param onFailure what happens when a follow-up text could not be delivered
 * @param failureHook https address told of it with {@link OnFailure#HOOK}; null otherwise
 */
public record TextSettings(
        @Nullable QuietHours quietHours,
        @Nullable Integer textsPerMinute,
        @Nullable Integer maxLength,
        @Nullable String messagingServiceSid,
        List<String> senders,
        @Nullable String helpText,
        @Nullable String fallback,
        OnFailure onFailure,
        @Nullable String failureHook) {

    /** The next channel after a text that failed. */
    public enum OnFailure {
        NOTHING,
        /** The lead is called. */
        CALL,
        /** The tenant's own system is told, to write an e-mail for instance. */
        HOOK
    }

    /**
     * A time of day that may pass midnight, in the lead's zone.
     *
     * @param from {@code HH:mm}, inclusive
     * @param to {@code HH:mm}, exclusive
     */
    public record QuietHours(String from, String to) {}

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public TextSettings {
        senders = senders == null ? List.of() : List.copyOf(senders);
        onFailure = onFailure == null ? OnFailure.NOTHING : onFailure;
    }

    /** The settings of a tenant that told nothing. */
    public static TextSettings standard() {
        return new TextSettings(null, null, null, null, List.of(), null, null, OnFailure.NOTHING, null);
    }
}

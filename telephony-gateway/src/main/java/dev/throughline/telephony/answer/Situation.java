package dev.throughline.telephony.answer;

import dev.throughline.events.tenant.BusinessHours;
import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Why a call does not simply go to the agent. In the order in which they are looked at. */
public enum Situation {
    /** The caller's number is one the tenant does not want to hear from. */
    BLOCKED("blocked"),
    /** The caller has called too often within a minute. */
    RATE_LIMITED("rate-limited"),
    /** The business is closed. */
    OUTSIDE_HOURS("outside-hours"),
    /** No agent can be had: none is configured, or the provider is away. */
    AGENT_DOWN("agent-down"),
    /** As many calls as the tenant allows are under way. */
    OVER_LIMIT("over-limit");

    private static final String GOODBYE = " Goodbye.";
    private static final String AFTER_THE_TONE = " Please leave a message after the tone.";

    private final String word;

    Situation(String word) {
        this.word = word;
    }

    /** The word of the metric and the log. */
    public String word() {
        return word;
    }

    /**
     * The tenant's answer, or the suite's where the tenant told none.
     *
     * @param customer the caller's address as Twilio sent it
     * @param words what is the matter, in one or more sentences, for where the tenant gave no words of its own
     * @return empty when the agent is to answer all the same
     */
    public Optional<Reply> reply(Tenant tenant, String customer, String words) {
        Fallback business = Fallback.of(tenant, customer);
        CallAnswer chosen = chosen(tenant.settings().calls());
        if (chosen == null) {
            return standard(business, words);
        }
        String own = blankToNull(chosen.message());
        return switch (chosen.kind()) {
            case AGENT -> Optional.empty();
            case MESSAGE -> Optional.of(new Reply.Say(own == null ? words + GOODBYE : own));
            case RING ->
                Optional.of(
                        business == null
                                ? new Reply.Say(own == null ? words + GOODBYE : own)
                                : new Reply.Ring(own, business));
            case VOICEMAIL -> Optional.of(new Reply.TakeMessage(own == null ? words + AFTER_THE_TONE : own));
            case REJECT -> Optional.of(new Reply.Reject(this != BLOCKED));
        };
    }

    /**
     * As {@link #reply} for a call that was answered already, so that it can neither be rejected nor left to the agent.
     */
    public Reply replyOnceAnswered(Tenant tenant, String customer, String words) {
        Reply wanted = reply(tenant, customer, words)
                .or(() -> standard(Fallback.of(tenant, customer), words))
                .orElseGet(() -> new Reply.Say(words));
        return wanted instanceof Reply.Reject ? new Reply.Say(words) : wanted;
    }

    /** What is the matter, in the suite's words. */
    public String words(Tenant tenant) {
        return switch (this) {
            case BLOCKED -> "We cannot take your call.";
            case RATE_LIMITED -> "We cannot take your call right now. Please call again in a few minutes.";
            case OUTSIDE_HOURS ->
                ("Thank you for calling " + tenant.name() + ". We are closed right now. "
                                + BusinessHours.summary(tenant.settings()))
                        .strip();
            case AGENT_DOWN -> "We cannot take your call right now.";
            case OVER_LIMIT -> "All our lines are busy right now.";
        };
    }

    private Optional<Reply> standard(@Nullable Fallback business, String words) {
        return switch (this) {
            case BLOCKED -> Optional.of(new Reply.Reject(false));
            case RATE_LIMITED -> Optional.of(new Reply.Reject(true));
            case OUTSIDE_HOURS -> Optional.empty();
            case AGENT_DOWN -> Optional.of(business == null ? new Reply.Say(words) : new Reply.Ring(words, business));
            case OVER_LIMIT -> Optional.of(business == null ? new Reply.Reject(true) : new Reply.Ring(words, business));
        };
    }

    private @Nullable CallAnswer chosen(CallSettings calls) {
        return switch (this) {
            case BLOCKED -> calls.blocked();
            case RATE_LIMITED -> calls.rateLimited();
            case OUTSIDE_HOURS -> calls.outsideHours();
            case AGENT_DOWN -> calls.agentDown();
            case OVER_LIMIT -> calls.overLimit();
        };
    }

    private static @Nullable String blankToNull(@Nullable String text) {
        return text == null || text.isBlank() ? null : text;
    }
}

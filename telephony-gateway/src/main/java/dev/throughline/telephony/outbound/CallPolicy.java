package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.Tenant;
import java.util.Optional;

/** Whom a tenant may have called. Pure. A STOP said by text says nothing about calls. */
public final class CallPolicy {

    private CallPolicy() {}

    /** Why {@code to} (E.164) is not called for {@code tenant}; empty when it is. */
    static Optional<Refusal> against(Tenant tenant, String to) {
        String own = tenant.twilioPhoneNumber();
        if (own == null) {
            return refusal(
                    "NO_NUMBER",
                    "The tenant has no number of its own to call from.",
                    "Set the tenant's twilioPhoneNumber.");
        }
        return against(tenant, own, to);
    }

    /** As {@link #against(Tenant, String)} for a call from {@code from}. */
    public static Optional<Refusal> against(Tenant tenant, String from, String to) {
        if (from.equals(to)) {
            return Optional.of(ownNumber());
        }
        if (tenant.settings().calls().blockedCallers().contains(to)) {
            return refusal(
                    "NUMBER_BLOCKED",
                    "The tenant has blocked this number.",
                    "Take it out of the tenant's settings.calls.blockedCallers to call it.");
        }
        return Optional.empty();
    }

    static Refusal ownNumber() {
        return new Refusal(
                422, "OWN_NUMBER", "This is the number that would call.", "Give the customer's number in to.");
    }

    /** The tenant has as many calls as it may. */
    public static Refusal overLimit(int limit) {
        return new Refusal(
                429,
                "TOO_MANY_CALLS",
                "The tenant has " + limit + " calls at once already, as many as it may.",
                "Ask again when one has ended, or raise the tenant's settings.calls.maxConcurrentCalls.");
    }

    static Refusal neverMade() {
        return new Refusal(
                502,
                "CALL_NOT_MADE",
                "The provider did not answer the request and knows of no such call: it was not made.",
                "Ask again with a new idempotency key.");
    }

    static Refusal noAgent() {
        return new Refusal(
                422,
                "NO_AGENT",
                "There is no agent for this tenant.",
                "Set the tenant's elevenLabsAgentId, or ELEVENLABS_AGENT_ID, or name an agent in agentId.");
    }

    static Refusal unknownAgent() {
        return new Refusal(
                422,
                "AGENT_NOT_FOUND",
                "There is no such agent for this tenant.",
                "Name an agent of the tenant in agentId, or leave it out.");
    }

    static Refusal unknownLead() {
        return new Refusal(
                422,
                "NUMBER_NOT_KNOWN",
                "No number is known of this lead.",
                "Give the number in to; leadId may then be left out.");
    }

    static Refusal anotherLead() {
        return new Refusal(
                422,
                "LEAD_MISMATCH",
                "The number in to is not a number of the lead in leadId.",
                "Give only one of the two.");
    }

    private static Optional<Refusal> refusal(String code, String detail, String cure) {
        return Optional.of(new Refusal(422, code, detail, cure));
    }
}

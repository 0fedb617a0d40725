package dev.throughline.telephony.inbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.twilio.Sentence;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How an inbound call is answered. */
sealed interface InboundDecision {

    /** The word of the metric and the log. */
    String outcome();

    /** The agent talks to the caller through the bridge. */
    record Connect(Tenant tenant, String agentId) implements InboundDecision {
        @Override
        public String outcome() {
            return "connected";
        }
    }

    /**
     * The caller hears a sentence.
     *
     * @param tenant null when the number belongs to nobody
     */
    record Speak(@Nullable Tenant tenant, Sentence sentence) implements InboundDecision {
        @Override
        public String outcome() {
            return switch (sentence) {
                case NOT_IN_SERVICE -> "not-in-service";
                case AGENT_UNAVAILABLE -> "agent-unavailable";
                case AGENT_NOT_CONFIGURED -> "agent-not-configured";
                case ERROR -> "error";
            };
        }
    }

    /**
     * Decides.
     *
     * @param tenant by the called number
     * @param agentsConfigured whether this installation has credentials of ElevenLabs
     * @param agentOf the agent that answers for a tenant; empty when there is none
     */
    static InboundDecision of(
            Optional<Tenant> tenant, boolean agentsConfigured, Function<Tenant, Optional<String>> agentOf) {
        if (tenant.isEmpty()) {
            return new Speak(null, Sentence.NOT_IN_SERVICE);
        }
        Tenant called = tenant.get();
        if (!agentsConfigured) {
            return new Speak(called, Sentence.AGENT_UNAVAILABLE);
        }
        return agentOf.apply(called)
                .<InboundDecision>map(agent -> new Connect(called, agent))
                .orElseGet(() -> new Speak(called, Sentence.AGENT_NOT_CONFIGURED));
    }
}

package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.AgentNumber;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** Which of an agent's numbers calls. Pure. */
final class NumberChoice {

    private NumberChoice() {}

    /**
     * The tenant's own number before any other; never one that is another tenant's, since customers would take the call for theirs.
     *
     * @param anothers whether a number (E.164) belongs to another tenant
     */
    static Optional<AgentNumber> of(
            Tenant tenant, String agentId, List<AgentNumber> numbers, Predicate<String> anothers) {
        return numbers.stream()
                .filter(AgentNumber::supportsOutbound)
                .filter(number -> number.agentId() == null || number.agentId().equals(agentId))
                .filter(number -> !anothers.test(number.number()))
                .min(Comparator.comparing(
                                (AgentNumber number) -> !number.number().equals(tenant.twilioPhoneNumber()))
                        .thenComparing(number -> number.agentId() == null));
    }

    static Refusal none(String agentId) {
        return new Refusal(
                422,
                "NO_OUTBOUND_NUMBER",
                "ElevenLabs has no number that can call out for agent " + agentId + ".",
                "Import the tenant's number from Twilio in ElevenLabs (Phone Numbers) and link it to the agent, or call with via=bridge.");
    }
}

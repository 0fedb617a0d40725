package dev.throughline.events.tenant;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a tenant wants its calls handled. Null stands for the suite's own way, named at each field.
 *
 * @param outsideHours null = the agent answers at any hour
 * @param overLimit when {@code maxConcurrentCalls} are live; null = a sentence, then the fallback number, else the busy tone
 * @param blocked for a number in {@code blockedCallers}; null = rejected
 * @param rateLimited for a caller who used up his allowance; null = the busy tone
 * @param agentDown when no agent can be reached; null = a sentence, then the fallback number
 * @param maxConcurrentCalls live calls at once; null = no limit of the tenant's own
 * @param callsPerMinute calls of one caller in a minute; null = the installation's limit
 * @param blockedCallers E.164
 * @param sipAddresses called SIP addresses that are this tenant's, {@code sip:user@domain}, lower case
 * @param answeringMachine what an outbound call of our own bridge does when a machine answers
 * @param answeringMachineMessage what is left on it; null = nothing is left, the call ends
 * @param humans whom a call may be handed to, the first is rung first; empty = the fallback number
 */
public record CallSettings(
        @Nullable CallAnswer outsideHours,
        @Nullable CallAnswer overLimit,
        @Nullable CallAnswer blocked,
        @Nullable CallAnswer rateLimited,
        @Nullable CallAnswer agentDown,
        @Nullable Integer maxConcurrentCalls,
        @Nullable Integer callsPerMinute,
        Set<String> blockedCallers,
        Set<String> sipAddresses,
        AnsweringMachine answeringMachine,
        @Nullable String answeringMachineMessage,
        List<Human> humans) {

    /** What is done about an answering machine. */
    public enum AnsweringMachine {
        HANG_UP,
        LEAVE_MESSAGE,
        GO_ON
    }

    /**
     * A person who takes calls.
     *
     * @param name as the agent and the history call him or her
     * @param number E.164
     */
    public record Human(String name, String number) {}

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public CallSettings {
        blockedCallers = blockedCallers == null ? Set.of() : Set.copyOf(blockedCallers);
        sipAddresses = sipAddresses == null ? Set.of() : Set.copyOf(sipAddresses);
        answeringMachine = answeringMachine == null ? AnsweringMachine.HANG_UP : answeringMachine;
        humans = humans == null ? List.of() : List.copyOf(humans);
    }

    /** The settings of a tenant that told nothing. */
    public static CallSettings standard() {
        return new CallSettings(
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                Set.of(),
                Set.of(),
                AnsweringMachine.HANG_UP,
                null,
                List.of());
    }
}

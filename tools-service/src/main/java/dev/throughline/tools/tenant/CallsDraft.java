package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code settings.calls} as an operator writes it; see {@link CallSettings} for the meaning of each. What is absent is the suite's own
 * way.
 *
 * @param blockedCallers any way of writing the numbers
 * @param sipAddresses {@code sip:user@domain} in any case
 */
public record CallsDraft(
        @Nullable Answer outsideHours,
        @Nullable Answer overLimit,
        @Nullable Answer blocked,
        @Nullable Answer rateLimited,
        @Nullable Answer agentDown,
        @Nullable Integer maxConcurrentCalls,
        @Nullable Integer callsPerMinute,
        @Nullable List<@Nullable String> blockedCallers,
        @Nullable List<@Nullable String> sipAddresses,
        @Nullable AnsweringMachine answeringMachine,
        @Nullable String answeringMachineMessage,
        @Nullable List<@Nullable Person> humans) {

    /** What a caller meets; {@code kind} is required, {@code message} at most 600 characters. */
    public record Answer(
            CallAnswer.@Nullable Kind kind, @Nullable String message) {

        static @Nullable Answer of(@Nullable CallAnswer answer) {
            return answer == null ? null : new Answer(answer.kind(), answer.message());
        }
    }

    /** A person who takes calls; both are required. */
    public record Person(@Nullable String name, @Nullable String number) {}

    static CallsDraft of(CallSettings calls) {
        return new CallsDraft(
                Answer.of(calls.outsideHours()),
                Answer.of(calls.overLimit()),
                Answer.of(calls.blocked()),
                Answer.of(calls.rateLimited()),
                Answer.of(calls.agentDown()),
                calls.maxConcurrentCalls(),
                calls.callsPerMinute(),
                calls.blockedCallers().stream().sorted().toList(),
                calls.sipAddresses().stream().sorted().toList(),
                calls.answeringMachine(),
                calls.answeringMachineMessage(),
                calls.humans().stream()
                        .map(human -> new Person(human.name(), human.number()))
                        .toList());
    }
}

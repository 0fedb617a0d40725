package dev.throughline.tools.invocation;

import dev.throughline.tools.availability.SaidStart;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.callback.CallbackAnswer;
import dev.throughline.tools.callback.Callbacks;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * {@code schedule_callback}: promises that we call the customer at a time. A time of day without a day is today's; where the half of the day
 * was not said, the likelier one that is to come.
 */
@Singleton
class CallbackTool implements RemoteTool {

    private static final int LONGEST_REASON = 250;

    private final Callbacks callbacks;

    CallbackTool(Callbacks callbacks) {
        this.callbacks = callbacks;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("schedule_callback", "request_callback"),
                        "Promise that we call the customer back at a time the customer names. Say what the answer says.")
                .takes(Parameter.DATE, "The day to call, as the customer says it or as YYYY-MM-DD")
                .needs(Parameter.START, "The time to call, as the customer says it")
                .takes(Parameter.REASON, "What the call is to be about, in a few words");
    }

    @Override
    public Uni<Effect> call(ToolCall call) {
        Optional<UUID> lead = call.leadId();
        if (lead.isEmpty()) {
            return Uni.createFrom().item(noNumber());
        }
        Optional<Instant> at = at(call);
        if (at.isEmpty()) {
            return Uni.createFrom()
                    .item(refused("TIME_NOT_UNDERSTOOD", "On which day and at what time shall we call you?"));
        }
        List<String> questions = call
                .arguments()
                .text(LONGEST_REASON, Parameter.REASON)
                // Braces are placeholders where it is kept, and a reason has none.
                .map(reason -> "You asked for our call about: " + reason.replaceAll("[{}]", "") + ". How can we help?")
                .stream()
                .toList();
        // However the model words the reason: one promise of a conversation for one time.
        String key = call.within().orElse("") + "|" + lead.get() + "|" + at.get();
        return callbacks
                .ask(call.tenant().id(), lead.get(), at.get(), questions, key)
                .map(answer -> effect(answer, call));
    }

    private static Optional<Instant> at(ToolCall call) {
        String day = call.arguments().text(Parameter.DATE).orElse(Understanding.isTimeAlone(call) ? "today" : null);
        return call.arguments()
                .text(Parameter.START)
                .flatMap(said -> SaidStart.read(
                        said,
                        day,
                        call.tenant().zone(),
                        call.today(),
                        call.tenant().country()))
                .flatMap(start -> start.instants().stream()
                        .filter(instant -> instant.isAfter(call.now()))
                        .findFirst()
                        .or(() -> Optional.of(start.instants().getFirst())));
    }

    private static Effect effect(CallbackAnswer answer, ToolCall call) {
        return switch (answer) {
            case CallbackAnswer.Promised promised -> {
                ZonedDateTime local = promised.at().atZone(call.tenant().zone());
                String when = SpokenTime.dayAndTime(local.toLocalDate(), local.toLocalTime(), call.today());
                yield Effect.of(ToolAnswer.done(
                        Map.of(
                                "status",
                                "scheduled",
                                "at",
                                local.toOffsetDateTime().toString()),
                        "We will call you " + when + "."));
            }
            case CallbackAnswer.BadTime bad ->
                refused("BAD_TIME", "I'm sorry, I cannot plan a call for that time. When else would suit you?");
            case CallbackAnswer.NoNumber none -> noNumber();
            case CallbackAnswer.Away away ->
                refused("CALLBACK_UNAVAILABLE", "I'm sorry, I cannot plan a call right now. May I take a message?");
        };
    }

    private static Effect noNumber() {
        return refused("NO_NUMBER", "I'm sorry, I cannot see your number. Which number shall we call?");
    }

    private static Effect refused(String code, String sentence) {
        return Effect.of(ToolAnswer.refused(code, sentence));
    }
}

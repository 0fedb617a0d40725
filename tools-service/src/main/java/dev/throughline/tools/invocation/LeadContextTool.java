package dev.throughline.tools.invocation;

import dev.throughline.events.AppointmentEvent.Appointment;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.context.PromptContext;
import dev.throughline.platform.context.LeadContexts;
import dev.throughline.tools.availability.SpokenTime;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.ZonedDateTime;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code get_lead_context}: what was said and done with this customer before, on any channel. From memory, else within 300 ms over HTTP,
 * else it says that nothing is at hand.
 */
@Singleton
class LeadContextTool implements RemoteTool {

    private static final int MAX_CHARS = 3_000;

    private final LeadContexts contexts;

    LeadContextTool(LeadContexts contexts) {
        this.contexts = contexts;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                List.of("get_lead_context"),
                "Look up what was said and agreed with this customer before, in calls, texts and chats.");
    }

    @Override
    public Uni<Effect> call(ToolCall call) {
        return call.leadId()
                .map(lead -> contexts.find(call.tenant().id(), lead).map(found -> Effect.of(answer(found, call))))
                .orElseGet(() -> Uni.createFrom()
                        .item(Effect.of(ToolAnswer.refused(
                                "CUSTOMER_UNKNOWN", "I'm sorry, I don't know whom I am speaking with."))));
    }

    private static ToolAnswer answer(Optional<LeadContext> found, ToolCall call) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("known", found.isPresent());
        if (found.isEmpty()) {
            return ToolAnswer.done(data, "I have nothing from before at hand.");
        }
        LeadContext context = found.get();
        Optional<String> name = Optional.ofNullable(context.name()).map(known -> known.value());
        List<Appointment> ahead = context.upcoming(call.now()).values().stream()
                .filter(one -> one.status().equals("scheduled"))
                .sorted(Comparator.comparing(Appointment::start))
                .limit(4)
                .toList();
        name.ifPresent(known -> data.put("customerName", known));
        data.put("appointments", ahead);
        data.put("context", PromptContext.of(context, call.tenant().zone(), call.now(), MAX_CHARS));
        return ToolAnswer.done(data, sentence(name, ahead, call));
    }

    private static String sentence(Optional<String> name, List<Appointment> ahead, ToolCall call) {
        String greeting =
                name.map(known -> "I am speaking with " + known + ". ").orElse("");
        if (ahead.isEmpty()) {
            return greeting + "There is no appointment ahead.";
        }
        Appointment next = ahead.getFirst();
        ZonedDateTime start = next.start().atZone(call.tenant().zone());
        return greeting + "The next appointment is " + next.serviceName() + " on "
                + SpokenTime.dayAndTime(start.toLocalDate(), start.toLocalTime(), call.today()) + ".";
    }
}

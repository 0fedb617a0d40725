package dev.throughline.tools.invocation;

import dev.throughline.events.EventIds;
import dev.throughline.tools.availability.SpokenTime;
import dev.throughline.tools.texting.TextOutcome;
import dev.throughline.tools.texting.Texting;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** {@code send_sms}: a text to the customer of this conversation, and to nobody else; the same words in one conversation go out once. */
@Singleton
class SendTextTool implements RemoteTool {

    private static final int MAX_CHARS = 1_600;

    private final Texting texting;

    SendTextTool(Texting texting) {
        this.texting = texting;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("send_sms"),
                        "Send the customer a text message with what was agreed or asked for. Ask before you send one.")
                .needs(Parameter.TEXT);
    }

    @Override
    public Uni<Effect> call(ToolCall call) {
        Optional<String> words = call.arguments().text(Parameter.TEXT);
        Optional<String> number = call.phone();
        Optional<UUID> lead = call.leadId();
        if (words.isEmpty()) {
            return refused("TEXT_REQUIRED", "What shall the text say?");
        }
        if (words.get().length() > MAX_CHARS) {
            return refused("TEXT_TOO_LONG", "I'm sorry, that is too long for a text. Shall I make it shorter?");
        }
        if (number.isEmpty() && lead.isEmpty()) {
            return refused("NUMBER_UNKNOWN", "I'm sorry, I don't have your number. Which number may I text?");
        }
        return texting.send(
                        call.tenant().id(), key(call, words.get()), lead.orElse(null), number.orElse(null), words.get())
                .map(outcome -> Effect.of(answer(outcome, call)));
    }

    private static String key(ToolCall call, String words) {
        if (call.idempotencyKey() != null) {
            return EventIds.of("idempotency-key", "send_sms", call.tenant().id(), call.idempotencyKey())
                    .toString();
        }
        // Without a conversation nothing tells a repeat from a second wish.
        String within = call.within().orElseGet(() -> UUID.randomUUID().toString());
        return EventIds.of("tool-call", call.tenant().id(), within, "send_sms", words.toLowerCase(Locale.ROOT))
                .toString();
    }

    private static ToolAnswer answer(TextOutcome outcome, ToolCall call) {
        return switch (outcome) {
            case TextOutcome.Queued queued ->
                ToolAnswer.done(Map.of("status", "queued"), "The text is on its way to you.");
            case TextOutcome.Scheduled(Instant at) ->
                ToolAnswer.done(
                        Map.of("status", "scheduled", "sendAt", at.toString()),
                        "So as not to disturb you now, the text will come on " + spoken(at, call) + ".");
            case TextOutcome.Refused(String code) -> ToolAnswer.refused(code, sentence(code));
            case TextOutcome.Away away ->
                ToolAnswer.refused(
                        "TEXT_UNAVAILABLE",
                        "I'm sorry, I cannot tell whether the text has gone out. Please note it down meanwhile.");
        };
    }

    private static String sentence(String code) {
        return switch (code) {
            case "OPTED_OUT" ->
                "I'm sorry, you have asked us not to text you. Answer START to our number and we may again.";
            case "NO_SENDER" -> "I'm sorry, we cannot send texts from here.";
            case "NOT_FOUND" -> "I'm sorry, I don't have your number. Which number may I text?";
            case "RATE_LIMITED" -> "I'm sorry, I cannot send another text right now.";
            case "QUIET_HOURS" -> "I'm sorry, we send no texts at this hour.";
            default -> "I'm sorry, I cannot send that text.";
        };
    }

    private static String spoken(Instant at, ToolCall call) {
        ZonedDateTime local = at.atZone(call.tenant().zone());
        return SpokenTime.dayAndTime(local.toLocalDate(), local.toLocalTime(), call.today());
    }

    private static Uni<Effect> refused(String code, String sentence) {
        return Uni.createFrom().item(Effect.of(ToolAnswer.refused(code, sentence)));
    }
}

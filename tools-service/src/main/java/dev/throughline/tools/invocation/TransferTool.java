package dev.throughline.tools.invocation;

import dev.throughline.tools.handover.HandOverAnswer;
import dev.throughline.tools.handover.HandOvers;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code transfer_to_human}: has a human rung while the agent goes on talking; the caller is connected when that human accepts. The call
 * is the one the conversation was given as {@code call_sid}, of the tenant of the secret.
 */
@Singleton
class TransferTool implements RemoteTool {

    private static final int MAX_WORDS = 500;
    private static final int MAX_SID = 64;

    private final HandOvers handOvers;

    TransferTool(HandOvers handOvers) {
        this.handOvers = handOvers;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("transfer_to_human"),
                        "Have a colleague rung when the customer asks for a person or you cannot help. Say what the answer says and go on talking until the colleague comes.")
                .onCallsOnly()
                .needs(Parameter.REASON, "Why a person is wanted, in a few words")
                .takes(Parameter.BRIEF);
    }

    @Override
    public Uni<Effect> call(ToolCall call) {
        Optional<String> callSid = call.callId().filter(sid -> sid.length() <= MAX_SID);
        if (callSid.isEmpty()) {
            return Uni.createFrom().item(effect(new HandOverAnswer.NoSuchCall()));
        }
        return handOvers
                .ask(
                        callSid.get(),
                        call.tenant().id(),
                        call.arguments().text(MAX_WORDS, Parameter.REASON).orElse(null),
                        call.arguments().text(MAX_WORDS, Parameter.BRIEF).orElse(null))
                .map(TransferTool::effect);
    }

    private static Effect effect(HandOverAnswer answer) {
        return switch (answer) {
            case HandOverAnswer.Ringing ringing -> {
                String who = ringing.human() == null ? "a colleague" : ringing.human();
                yield Effect.of(ringing("I'm calling " + who + ", please stay on the line."));
            }
            case HandOverAnswer.UnderWay underWay ->
                Effect.again(ringing("I'm still calling my colleague, please stay on the line."));
            case HandOverAnswer.NobodyToRing nobody ->
                refused("NOBODY_TO_RING", "I'm sorry, there is nobody I can connect you with. May I take a message?");
            case HandOverAnswer.NoSuchCall none ->
                refused(
                        "NOT_ON_A_CALL",
                        "I'm sorry, I can only connect you with a colleague while we are on the phone.");
            case HandOverAnswer.Away away ->
                refused(
                        "TRANSFER_UNAVAILABLE",
                        "I'm sorry, I cannot connect you with a colleague right now. May I take a message?");
        };
    }

    private static ToolAnswer ringing(String sentence) {
        return ToolAnswer.done(Map.of("status", "ringing"), sentence);
    }

    private static Effect refused(String code, String sentence) {
        return Effect.of(ToolAnswer.refused(code, sentence));
    }
}

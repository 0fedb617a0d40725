package dev.throughline.tools.invocation;

import dev.throughline.events.EventIds;
import dev.throughline.tools.appointment.Repeats;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a repeated tool call change nothing and get the first answer again ({@link Repeats}). Only changes are remembered: a refused call
 * may succeed a minute later.
 */
@Singleton
class Once {

    private final Repeats repeats;

    Once(Repeats repeats) {
        this.repeats = repeats;
    }

    /**
     * The effect of the work, or of an earlier call with the same key.
     *
     * @param meaning the normalised arguments; the key is made of them, the tool's proper name, and the conversation (else the call, else
     *     the lead); a header {@code Idempotency-Key} takes the place of both
     */
    Uni<Effect> only(SqlClient tx, ToolCall call, String tool, Supplier<Uni<Effect>> work, Object... meaning) {
        UUID tenantId = call.tenant().id();
        String key = key(call, tool, meaning);
        return repeats.claim(tx, tenantId, key, ToolAnswer.class)
                .chain(first -> first.isPresent()
                        ? Uni.createFrom().item(Effect.again(first.get()))
                        : remembered(tx, tenantId, key, work));
    }

    private static String key(ToolCall call, String tool, Object... meaning) {
        if (call.idempotencyKey() != null) {
            return EventIds.of("idempotency-key", tool, call.idempotencyKey()).toString();
        }
        return EventIds.of("tool-call", call.within().orElse(""), tool, Arrays.asList(meaning))
                .toString();
    }

    private Uni<Effect> remembered(SqlClient tx, UUID tenantId, String key, Supplier<Uni<Effect>> work) {
        return work.get()
                .call(effect -> effect.changed().isPresent()
                        ? repeats.remember(
                                tx, key, effect.answer(), effect.changed().get())
                        : repeats.forget(tx, tenantId, key))
                // The claim must not outlive a refusal, which commits.
                .onFailure(AskBack.class)
                .call(refused -> repeats.forget(tx, tenantId, key));
    }
}

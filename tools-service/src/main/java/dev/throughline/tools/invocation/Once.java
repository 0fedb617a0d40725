package dev.throughline.tools.invocation;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.throughline.events.EventIds;
import dev.throughline.events.EventJson;
import dev.throughline.tools.appointment.Appointment;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowIterator;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * Makes a repeated tool call change nothing and get the first answer again. The key is claimed in the transaction of the change, so a
 * concurrent repeat waits for the first to commit. Only changes are remembered: a refused call may succeed a minute later. A repeat is
 * one only while what the first call did still stands; booking again after a cancellation is a new booking.
 */
@Singleton
class Once {

    /**
     * The effect of the work, or of an earlier call with the same key.
     *
     * @param meaning the normalised arguments; the key is made of them, the tool's proper name, and the conversation (else the call, else
     *     the lead); a header {@code Idempotency-Key} takes the place of both
     */
    Uni<Effect> only(SqlClient tx, ToolCall call, String tool, Supplier<Uni<Effect>> work, Object... meaning) {
        UUID tenantId = call.tenant().id();
        String key = key(call, tool, meaning);
        return tx.preparedQuery("INSERT INTO tool_call (tenant_id, key) VALUES ($1, $2) ON CONFLICT DO NOTHING")
                .execute(Tuple.of(tenantId, key))
                .chain(claimed -> claimed.rowCount() == 1
                        ? remembered(tx, tenantId, key, work)
                        : standing(tx, tenantId, key)
                                .chain(answer -> answer.isPresent()
                                        ? Uni.createFrom().item(Effect.again(answer.get()))
                                        : remembered(tx, tenantId, key, work)));
    }

    private static String key(ToolCall call, String tool, Object... meaning) {
        if (call.idempotencyKey() != null) {
            return EventIds.of("idempotency-key", tool, call.idempotencyKey()).toString();
        }
        String within = Optional.ofNullable(call.conversationId())
                .or(call::callId)
                .or(() -> call.leadId().map(UUID::toString))
                .orElse("");
        return EventIds.of("tool-call", within, tool, Arrays.asList(meaning)).toString();
    }

    /** The earlier answer, if the appointment it is about has not changed since. */
    private static Uni<Optional<ToolAnswer>> standing(SqlClient tx, UUID tenantId, String key) {
        String sql = """
                SELECT call.answer::text AS answer
                  FROM tool_call call JOIN appointment ON appointment.id = call.appointment_id
                 WHERE call.tenant_id = $1 AND call.key = $2 AND appointment.version = call.appointment_version""";
        return tx.preparedQuery(sql).execute(Tuple.of(tenantId, key)).map(rows -> {
            RowIterator<Row> found = rows.iterator();
            return found.hasNext() ? Optional.of(read(found.next().getString("answer"))) : Optional.empty();
        });
    }

    private static Uni<Effect> remembered(SqlClient tx, UUID tenantId, String key, Supplier<Uni<Effect>> work) {
        return work.get()
                .call(effect -> effect.changed().isPresent()
                        ? remember(
                                tx,
                                tenantId,
                                key,
                                effect.answer(),
                                effect.changed().get())
                        : forget(tx, tenantId, key))
                // The claim must not outlive a refusal, which commits.
                .onFailure(AskBack.class)
                .call(refused -> forget(tx, tenantId, key));
    }

    private static Uni<Void> remember(
            SqlClient tx, UUID tenantId, String key, ToolAnswer answer, Appointment appointment) {
        String sql = """
                UPDATE tool_call SET answer = $3::text::json, appointment_id = $4, appointment_version = $5
                 WHERE tenant_id = $1 AND key = $2""";
        return tx.preparedQuery(sql)
                .execute(Tuple.of(tenantId, key, write(answer), appointment.id(), appointment.version()))
                .replaceWithVoid();
    }

    private static Uni<Void> forget(SqlClient tx, UUID tenantId, String key) {
        return tx.preparedQuery("DELETE FROM tool_call WHERE tenant_id = $1 AND key = $2")
                .execute(Tuple.of(tenantId, key))
                .replaceWithVoid();
    }

    private static String write(ToolAnswer answer) {
        try {
            return EventJson.mapper().writeValueAsString(answer);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }

    private static ToolAnswer read(String json) {
        try {
            return EventJson.mapper().readValue(json, ToolAnswer.class);
        } catch (JsonProcessingException corrupt) {
            throw new IllegalStateException("answers were written by this class", corrupt);
        }
    }
}

package dev.throughline.telephony.outbound;

import dev.throughline.events.tenant.CallSettings.AnsweringMachine;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import java.util.HashMap;
import java.util.Map;

/** From a row of {@code outbound_calls} to what it means. */
final class OutboundRows {

    private OutboundRows() {}

    static OutboundRow read(Row row) {
        return new OutboundRow(
                row.getUUID("id"),
                plan(row),
                row.getString("fingerprint"),
                progress(row),
                row.getOffsetDateTime("created_at").toInstant());
    }

    private static Plan plan(Row row) {
        Map<String, String> variables = new HashMap<>();
        row.getJsonObject("variables")
                .forEach(variable -> variables.put(variable.getKey(), String.valueOf(variable.getValue())));
        return new Plan(
                row.getUUID("tenant_id"),
                row.getUUID("lead_id"),
                row.getString("customer"),
                Via.valueOf(row.getString("via")),
                row.getString("agent_id"),
                row.getBoolean("agent_named"),
                Questions.of(row.getJsonArray("questions")),
                variables,
                AnsweringMachine.valueOf(row.getString("machine_policy")),
                row.getString("machine_message"));
    }

    private static Progress progress(Row row) {
        JsonObject refusal = row.getJsonObject("refusal");
        return new Progress(
                OutboundState.valueOf(row.getString("state")),
                row.getString("from_number"),
                row.getString("call_sid"),
                row.getString("conversation_id"),
                refusal == null ? null : Refusal.of(refusal),
                row.getString("answered_by"),
                row.getInteger("checks"));
    }
}

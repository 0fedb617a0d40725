package dev.throughline.telephony.outbound;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What is asked for. Either {@code leadId} or {@code to} is needed.
 *
 * @param leadId the lead to call, at the number last known
 * @param to the number to call, E.164 or as written in the tenant's country
 * @param tenantId the tenant of the token when absent
 * @param questions what the agent is to ask: texts, or objects with id and text
 * @param variables further dynamic variables: texts, numbers, true or false
 * @param agentId another agent than the tenant's
 * @param via native (ElevenLabs calls, the default) or bridge (we call)
 * @param idempotencyKey as the header Idempotency-Key
 */
public record OutboundRequest(
        @Nullable String leadId,
        @Nullable String to,
        @Nullable String tenantId,

        @Schema(type = org.eclipse.microprofile.openapi.annotations.enums.SchemaType.ARRAY) @Nullable List<JsonNode> questions,

        @Nullable Map<String, JsonNode> variables,
        @Nullable String agentId,
        @Nullable String via,
        @Nullable String idempotencyKey) {

    /** Nothing was sent. */
    static final OutboundRequest EMPTY = new OutboundRequest(null, null, null, null, null, null, null, null);
}

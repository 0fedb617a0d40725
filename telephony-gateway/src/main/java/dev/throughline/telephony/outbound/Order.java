package dev.throughline.telephony.outbound;

import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.call.IdempotencyKey;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request for a call that was understood.
 *
 * @param leadId null where only a number was given
 * @param to E.164; null where only the lead was given
 * @param variables the caller's own
 * @param agentId null = the tenant's
 * @param idempotencyKey null when none was given
 */
record Order(
        Tenant tenant,
        @Nullable UUID leadId,
        @Nullable String to,
        List<Question> questions,
        Map<String, String> variables,
        @Nullable String agentId,
        Via via,
        @Nullable String idempotencyKey) {

    Order {
        questions = List.copyOf(questions);
        variables = Map.copyOf(variables);
    }

    /** Tells one wish from another under the same key. */
    String fingerprint() {
        return IdempotencyKey.fingerprint(
                tenant.id(),
                leadId,
                to,
                Questions.json(questions).encode(),
                new TreeMap<>(variables),
                agentId,
                via.wire());
    }
}

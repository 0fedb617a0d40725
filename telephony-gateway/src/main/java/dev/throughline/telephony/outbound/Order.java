package dev.throughline.telephony.outbound;

import dev.throughline.events.CallEvent.Question;
import dev.throughline.events.tenant.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
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

    /** The same for the same wish, however its JSON was written; another wish under the same key is told by it. */
    String fingerprint() {
        String wish = String.join(
                "\n",
                tenant.id().toString(),
                String.valueOf(leadId),
                String.valueOf(to),
                Questions.json(questions).encode(),
                new TreeMap<>(variables).toString(),
                String.valueOf(agentId),
                via.wire());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(wish.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", impossible);
        }
    }
}

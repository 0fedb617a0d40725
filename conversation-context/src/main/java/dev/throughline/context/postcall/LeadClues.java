package dev.throughline.context.postcall;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a webhook says about whose conversation it was, in the order it is believed.
 *
 * @param leadId our lead id, as given to the conversation
 * @param tenantId our tenant id, likewise
 * @param references conversation id and CallSid: what earlier events of ours may carry
 * @param businessNumber the tenant's number, as written
 * @param customerNumber the customer's number, as written
 */
record LeadClues(
        @Nullable UUID leadId,
        @Nullable UUID tenantId,
        List<String> references,
        @Nullable String businessNumber,
        @Nullable String customerNumber) {}

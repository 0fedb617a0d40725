package dev.throughline.tools.invocation;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One call of a tool, whatever way it came.
 *
 * @param tool as called, possibly an alias
 * @param tenant of the secret or the signature, never of the arguments alone
 * @param conversationId null when the call did not name it
 * @param idempotencyKey of the header, null without
 * @param now the instant of the call, for everything that is relative to it
 */
record ToolCall(
        String tool,
        Tenant tenant,
        ToolArguments arguments,
        @Nullable String conversationId,
        @Nullable String idempotencyKey,
        Instant now) {

    /** Today where the business is. */
    LocalDate today() {
        return LocalDate.ofInstant(now, tenant.zone());
    }

    /** What repeats of the call have in common: the conversation, else the call, else the lead; empty when none is known. */
    Optional<String> within() {
        return Optional.ofNullable(conversationId).or(this::callId).or(() -> leadId().map(UUID::toString));
    }

    /** The Twilio CallSid, when the call is on a phone call. */
    Optional<String> callId() {
        return arguments.text("callSid", "callId");
    }

    /** The customer's number, E.164; empty when hidden or unknown. */
    Optional<String> phone() {
        return arguments
                .text("customerPhone", "callerNumber", "phoneNumber", "phone")
                .flatMap(number -> PhoneNumbers.normalise(number, tenant.country()));
    }

    /** The lead: the one named by a dynamic variable, else the owner of the number, else a caller who hides it. */
    Optional<UUID> leadId() {
        return arguments
                .text("leadId")
                .flatMap(ToolCall::uuid)
                .or(() -> phone().map(number -> LeadIds.of(tenant.id(), ContactAddress.phone(number))))
                .or(() -> callId().map(
                                call -> LeadIds.of(tenant.id(), new ContactAddress(ContactAddress.Kind.CALL, call))));
    }

    /** The same call as the visitor's of a page. */
    ToolCall ofVisitor(UUID leadId) {
        return new ToolCall(tool, tenant, arguments.ofVisitor(leadId), conversationId, idempotencyKey, now);
    }

    static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException malformed) {
            return Optional.empty();
        }
    }
}

package dev.throughline.telephony.outbound;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.events.CallEvent.Question;
import dev.throughline.telephony.call.CallRow;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A call out as operators see it.
 *
 * @param status placing, placed, unknown, refused or not-found
 * @param message the same as a sentence
 * @param callId Twilio's CallSid, by which events name the call; null until it is known
 * @param callStatus Twilio's status of the call; null while there is none, or nothing was heard of it
 * @param refusal why there is no call; null otherwise
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record OutboundAnswer(
        UUID outboundCallId,
        String status,
        String message,
        String via,
        UUID tenantId,
        UUID leadId,
        String to,
        @Nullable String from,
        String agentId,
        @Nullable String callId,
        @Nullable String conversationId,
        @Nullable String callStatus,
        @Nullable Instant endedAt,
        @Nullable String answeredBy,
        List<Question> questions,
        @Nullable Reason refusal,
        Instant createdAt) {

    /** Why there is no call, and what can be done about it. */
    public record Reason(int status, String code, String detail, String cure) {}

    /** @param call as it stands in calls; null when there is none */
    static OutboundAnswer of(OutboundRow row, @Nullable CallRow call) {
        Plan plan = row.plan();
        Progress progress = row.progress();
        Refusal refusal = progress.refusal();
        return new OutboundAnswer(
                row.id(),
                row.state().wire(),
                sentence(row.state()),
                plan.via().wire(),
                plan.tenantId(),
                plan.leadId(),
                plan.customer(),
                progress.fromNumber(),
                plan.agentId(),
                progress.callSid(),
                progress.conversationId(),
                call == null ? null : call.progress().status().wire(),
                call == null ? null : call.endedAt(),
                progress.answeredBy(),
                plan.questions(),
                refusal == null ? null : new Reason(refusal.status(), refusal.code(), refusal.detail(), refusal.cure()),
                row.createdAt());
    }

    private static String sentence(OutboundState state) {
        return switch (state) {
            case PLACING -> "The call is being placed.";
            case PLACED -> "The call is placed.";
            case UNKNOWN -> "The provider did not say whether there is a call: it is being looked up and not repeated.";
            case REFUSED -> "The call was refused.";
            case NOT_FOUND -> "There is no such call at the provider: it was not made.";
        };
    }
}

package dev.throughline.context.board;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The business at a glance.
 *
 * @param today the day the numbers are of, in {@code timeZone}
 * @param liveCalls the longest first
 * @param waitingTexts customers whose text or chat message nobody answered, the longest waiting first
 * @param missedCalls today's, after which nobody of the business was in touch; the latest first
 */
public record Board(
        Instant at,
        String timeZone,
        LocalDate today,
        List<LiveCall> liveCalls,
        List<WaitingText> waitingTexts,
        List<MissedCall> missedCalls,
        Numbers numbers) {

    /**
     * A call that is going on.
     *
     * @param direction INBOUND or OUTBOUND
     * @param path how its audio goes: BRIDGE, NATIVE, REGISTER, CONFERENCE or DIRECT
     * @param with the human who has taken it; null while the agent has it
     */
    public record LiveCall(
            UUID leadId,
            @Nullable String name,
            @Nullable String phone,
            String callSid,
            @Nullable String direction,
            @Nullable String path,
            Instant since,
            @Nullable String with) {}

    /** A message without an answer; {@code text} is what was said last, at most 200 characters. */
    public record WaitingText(
            UUID leadId,
            @Nullable String name,
            @Nullable String phone,
            Instant since,
            @Nullable String text) {}

    /**
     * A call nobody spoke with.
     *
     * @param status Twilio's word for its end
     * @param messageLeft whether the caller left a voice message
     */
    public record MissedCall(
            UUID leadId,
            @Nullable String name,
            @Nullable String phone,
            String callSid,
            Instant at,
            @Nullable String status,
            boolean messageLeft) {}

    /**
     * Today, since midnight in the tenant's zone.
     *
     * @param callsMissed all of them, also those after which somebody was in touch
     * @param newLeads first heard of today
     */
    public record Numbers(
            int callsIn,
            int callsOut,
            int callsMissed,
            long talkSeconds,
            int textsIn,
            int textsOut,
            int chatMessages,
            int booked,
            int rescheduled,
            int cancelled,
            int newLeads) {}
}

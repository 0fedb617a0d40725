package dev.throughline.telephony.conference;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A room as its operators see it.
 *
 * @param status planned, live, ending or ended
 * @param agentId the agent that is or will be in it; null = none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RoomView(
        String room,
        String status,
        UUID leadId,
        @Nullable String agentId,
        @Nullable String conferenceSid,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        List<Member> participants) {

    /**
     * Somebody in the room, on the way to it, or gone.
     *
     * @param role phone, browser or ai
     * @param status invited, present, left or absent
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Member(
            String label,
            String role,
            String status,
            @Nullable String callSid,
            boolean muted,
            boolean onHold,
            @Nullable Instant joinedAt,
            @Nullable Instant leftAt,
            @Nullable String reason) {

        static Member of(Participant one) {
            return new Member(
                    one.label(),
                    one.role().wire(),
                    one.standing().name().toLowerCase(Locale.ROOT),
                    one.callSid(),
                    one.muted(),
                    one.onHold(),
                    one.joinedAt(),
                    one.leftAt(),
                    one.reason());
        }
    }

    /** The view of a room. */
    public static RoomView of(Room room) {
        return new RoomView(
                room.name(),
                status(room),
                room.leadId(),
                room.agentId(),
                room.conferenceSid(),
                room.createdAt(),
                room.startedAt(),
                room.endedAt(),
                room.endReason(),
                room.participants().stream().map(Member::of).toList());
    }

    private static String status(Room room) {
        if (room.ended()) {
            return "ended";
        }
        if (room.endingAt() != null) {
            return "ending";
        }
        return room.startedAt() == null ? "planned" : "live";
    }
}

package dev.throughline.telephony.conference;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One participation in a room: the same label joining again is another one.
 *
 * <pre>
 *  INVITED ──join──▶ PRESENT ──leave──▶ LEFT
 *     └──would not come──▶ ABSENT ──join (it came after all)──▶ PRESENT
 * </pre>
 *
 * Where it stands follows from which times are known, so that reports may come in any order.
 *
 * @param callSid the participant's leg; null until Twilio named it
 * @param joinedAt null until a join was reported
 * @param leftAt null until a leave was reported, or the room's end
 * @param absentAt when it was known that it would not come; null otherwise
 * @param reason why it left or did not come, a word of Twilio's; null when not told
 * @param stateSequence SequenceNumber of the callback {@code muted} and {@code onHold} are from, -1 before any
 */
public record Participant(
        UUID id,
        String label,
        Role role,
        @Nullable String callSid,
        Instant invitedAt,
        @Nullable Instant joinedAt,
        @Nullable Instant leftAt,
        @Nullable Instant absentAt,
        @Nullable String reason,
        boolean muted,
        boolean onHold,
        int stateSequence) {

    private static final int NO_STATE = -1;

    /** Where a participant stands. */
    public enum Standing {
        INVITED,
        PRESENT,
        LEFT,
        ABSENT
    }

    /** Somebody who is asked in. @param callSid null when Twilio has not named the leg yet */
    public static Participant invited(UUID id, String label, Role role, @Nullable String callSid, Instant now) {
        return new Participant(id, label, role, callSid, now, null, null, null, null, false, false, NO_STATE);
    }

    /** Where this participant stands. */
    public Standing standing() {
        if (leftAt != null) {
            return Standing.LEFT;
        }
        if (joinedAt != null) {
            return Standing.PRESENT;
        }
        return absentAt == null ? Standing.INVITED : Standing.ABSENT;
    }

    boolean present() {
        return standing() == Standing.PRESENT;
    }

    /** Whether the label is taken by it. */
    boolean holdsLabel() {
        return leftAt == null && absentAt == null;
    }

    Participant joined(String sid, Instant at) {
        return new Participant(id, label, role, sid, invitedAt, at, leftAt, null, reason, muted, onHold, stateSequence);
    }

    Participant left(String sid, Instant at, @Nullable String why) {
        return new Participant(id, label, role, sid, invitedAt, joinedAt, at, null, why, muted, onHold, stateSequence);
    }

    Participant absent(Instant at, @Nullable String why) {
        return new Participant(
                id, label, role, callSid, invitedAt, joinedAt, leftAt, at, why, muted, onHold, stateSequence);
    }

    Participant on(String sid) {
        return new Participant(
                id, label, role, sid, invitedAt, joinedAt, leftAt, absentAt, reason, muted, onHold, stateSequence);
    }

    /** With what a request changed; the callback that follows says the same. */
    Participant changed(boolean nowMuted, boolean nowOnHold) {
        return heard(nowMuted, nowOnHold, stateSequence);
    }

    /** With what a callback said of it, unless a later one was seen. */
    Participant heard(boolean nowMuted, boolean nowOnHold, int sequence) {
        return sequence < stateSequence
                ? this
                : new Participant(
                        id, label, role, callSid, invitedAt, joinedAt, leftAt, absentAt, reason, nowMuted, nowOnHold,
                        sequence);
    }
}

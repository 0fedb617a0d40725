package dev.throughline.telephony.conference;

import dev.throughline.events.ConferenceEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A conference room and everybody in it. Immutable; {@link #after} is pure.
 *
 * <pre>
 *              first join (or start)            last human leaves             conference-end
 *  PLANNED ─────────────────────────▶ LIVE ─────────────────────────▶ ENDING ───────────────▶ ENDED
 *     │                                │  first human joins:              │                     ▲
 *     │                                │  the agent is invited            └─ asked again, sweep ┘
 *     └────────── nobody ever came ────┴───────── conference-end ──────────────────────────────▶┘
 * </pre>
 *
 * Callbacks repeat and overtake each other. Each step has a time of its own that is set once, so the same reports lead to the same room
 * and the same events in any order; a participant whose join is heard of after the room's end has joined and left.
 *
 * @param name {@code conf-…}
 * @param agentId the ElevenLabs agent that is wanted; null = none
 * @param conferenceSid Twilio's CF…; null until it was told
 * @param endingAt when the room was asked to end, null before
 * @param endReason a word of Twilio's; null when not told
 * @param participants in the order of their invitation
 */
public record Room(
        String name,
        UUID tenantId,
        UUID leadId,
        @Nullable String agentId,
        @Nullable String conferenceSid,
        Instant createdAt,
        @Nullable Instant startedAt,
        @Nullable Instant endingAt,
        @Nullable Instant endedAt,
        @Nullable String endReason,
        List<Participant> participants) {

    /** The agent's label. */
    public static final String AGENT = "ai";

    /** One step: the room after it, what is to be told, what is to be done. */
    public record Step(Room room, List<Told> events, List<RoomTask> tasks) {}

    /** An event and what makes its identity: the participant's leg, or nothing for the room's own. */
    public record Told(ConferenceEvent event, @Nullable String leg, Instant at) {}

    public Room {
        participants = List.copyOf(participants);
    }

    /** A room nobody is in yet. */
    public static Room planned(String name, UUID tenantId, UUID leadId, @Nullable String agentId, Instant now) {
        return new Room(name, tenantId, leadId, agentId, null, now, null, null, null, null, List.of());
    }

    /** Whether it is over. */
    public boolean ended() {
        return endedAt != null;
    }

    /** Whoever holds a label, or held it last. */
    public Optional<Participant> labelled(String label) {
        return participants.stream()
                .filter(one -> one.label().equals(label))
                .reduce((earlier, later) -> earlier.holdsLabel() ? earlier : later);
    }

    /** Whether somebody in the room, or on the way to it, has this label. */
    public boolean taken(String label) {
        return participants.stream()
                .anyMatch(one -> one.holdsLabel() && one.label().equals(label));
    }

    /** {@code wanted}, or with the smallest number behind it that makes it unique in the room. */
    public String freeLabel(String wanted) {
        String label = wanted;
        for (int number = 2; taken(label); number++) {
            label = wanted + "-" + number;
        }
        return label;
    }

    /** The participation with this leg. */
    public Optional<Participant> onLeg(String callSid) {
        return participants.stream()
                .filter(one -> callSid.equals(one.callSid()))
                .findFirst();
    }

    /** Whoever a call's end is about: the one on this leg, else the one of this label whose leg Twilio has not named yet. */
    Optional<Participant> expected(String label, String callSid) {
        return onLeg(callSid).or(() -> labelled(label).filter(one -> one.holdsLabel() && one.callSid() == null));
    }

    /** How many are in it or on the way to it. */
    long size() {
        return participants.stream().filter(Participant::holdsLabel).count();
    }

    /** Whether anybody may still be asked in. */
    boolean open() {
        return endedAt == null && endingAt == null;
    }

    /** Whether a person is in it. */
    public boolean humanPresent() {
        return participants.stream().anyMatch(one -> one.role().human() && one.present());
    }

    /** With this agent wanted. */
    public Room withAgent(String agent) {
        return new Room(
                name,
                tenantId,
                leadId,
                agent,
                conferenceSid,
                createdAt,
                startedAt,
                endingAt,
                endedAt,
                endReason,
                participants);
    }

    /** With one more participant. */
    public Room with(Participant participant) {
        List<Participant> more = new ArrayList<>(participants);
        more.add(participant);
        return with(more);
    }

    /** With one participant changed. */
    public Room with(UUID participation, UnaryOperator<Participant> change) {
        return with(participants.stream()
                .map(one -> one.id().equals(participation) ? change.apply(one) : one)
                .toList());
    }

    /** As Twilio names it; the first name stands. */
    public Room named(String sid) {
        return conferenceSid != null
                ? this
                : new Room(
                        name,
                        tenantId,
                        leadId,
                        agentId,
                        sid,
                        createdAt,
                        startedAt,
                        endingAt,
                        endedAt,
                        endReason,
                        participants);
    }

    /** The room after it was found that Twilio has none of this name any more, or never had. */
    Step afterLoss(Instant at) {
        return RoomSteps.settled(this, ended(at, "lost"), at, UUID::randomUUID);
    }

    /** The step a report leads to. @param ids makes the ids of new participations */
    public Step after(RoomReport report, Supplier<UUID> ids) {
        return RoomSteps.after(this, report, ids);
    }

    /** The step to the knowledge that somebody who was asked in will not come. */
    public Step afterAbsence(UUID participation, Instant at, @Nullable String reason, Supplier<UUID> ids) {
        Room without = with(
                participation, one -> one.standing() == Participant.Standing.INVITED ? one.absent(at, reason) : one);
        return RoomSteps.settled(this, without, at, ids);
    }

    Room started(Instant at) {
        return startedAt != null ? this : times(at, endingAt, endedAt, endReason);
    }

    Room ending(Instant at) {
        return endingAt != null ? this : times(startedAt, at, endedAt, endReason);
    }

    Room ended(Instant at, @Nullable String reason) {
        return endedAt != null ? this : times(startedAt, endingAt, at, reason);
    }

    private Room with(List<Participant> changed) {
        return new Room(
                name,
                tenantId,
                leadId,
                agentId,
                conferenceSid,
                createdAt,
                startedAt,
                endingAt,
                endedAt,
                endReason,
                changed);
    }

    private Room times(
            @Nullable Instant started, @Nullable Instant ending, @Nullable Instant ended, @Nullable String reason) {
        return new Room(
                name,
                tenantId,
                leadId,
                agentId,
                conferenceSid,
                createdAt,
                started,
                ending,
                ended,
                reason,
                participants);
    }
}

package dev.throughline.telephony.conference;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.conference.AgentTokens.Issued;
import dev.throughline.telephony.twilio.CallChange;
import dev.throughline.telephony.twilio.TwilioCalls;
import dev.throughline.telephony.twilio.TwilioConferences;
import dev.throughline.telephony.twilio.TwilioConferences.TwilioParticipant;
import dev.throughline.telephony.twilio.TwilioProblems;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jboss.logging.Logger;

/** Does at Twilio what a step of a room asks for. Each task may be done again without harm. */
@Singleton
public final class RoomTasks {

    private static final Logger LOG = Logger.getLogger(RoomTasks.class);

    private final Rooms rooms;
    private final AgentTokens tokens;
    private final RoomLines lines;
    private final TwilioConferences conferences;
    private final TwilioCalls calls;
    private final TenantDirectory tenants;

    RoomTasks(
            Rooms rooms,
            AgentTokens tokens,
            RoomLines lines,
            TwilioConferences conferences,
            TwilioCalls calls,
            TenantDirectory tenants) {
        this.rooms = rooms;
        this.tokens = tokens;
        this.lines = lines;
        this.conferences = conferences;
        this.calls = calls;
        this.tenants = tenants;
    }

    /** Does the tasks, one after the other; never fails: what did not go well is logged, and looked at again by the sweep. */
    Uni<Void> run(Room room, List<RoomTask> tasks) {
        Uni<Void> all = Uni.createFrom().voidItem();
        for (RoomTask task : tasks) {
            all = all.chain(() -> run(room, task)).onFailure().recoverWithItem(failure -> {
                LOG.warnf(
                        failure,
                        "a conference's task failed: %s",
                        task.getClass().getSimpleName());
                return null;
            });
        }
        return all;
    }

    private Uni<Void> run(Room room, RoomTask task) {
        return switch (task) {
            case RoomTask.InviteAgent ignored -> inviteAgent(room);
            case RoomTask.End ignored -> end(room);
            case RoomTask.Close ignored ->
                find(room).chain(sid -> sid.isPresent() ? complete(room, sid.get()) : lost(room));
        };
    }

    /**
     * Calls the agent to the place that is kept for it. The token is written before Twilio is asked, because the agent's leg may ask for
     * its TwiML before Twilio has answered us.
     *
     * @return completes when Twilio took the call or may have, and where there is no place; fails with the {@link Problem} where it
     *     refused
     */
    Uni<Void> inviteAgent(Room room) {
        Tenant tenant = tenants.byId(room.tenantId()).orElse(null);
        if (tenant == null) {
            return Uni.createFrom().voidItem();
        }
        return tokens.issue(room.name())
                .chain(issued ->
                        issued.isEmpty() ? Uni.createFrom().voidItem() : callAgent(room, tenant, issued.get()));
    }

    private Uni<Void> callAgent(Room room, Tenant tenant, Issued issued) {
        return Uni.createFrom()
                .deferred(() -> conferences.add(lines.call(
                        RoomAddress.of(room),
                        issued.label(),
                        false,
                        lines.from(tenant),
                        lines.application(issued.token()),
                        false,
                        false)))
                .onFailure(Problem.class)
                .call(() -> absent(room.name(), issued.label(), "not-configured"))
                .chain(outcome -> switch (outcome) {
                    case SendOutcome.Accepted<TwilioParticipant>(var agent) ->
                        named(room.name(), issued.label(), agent).replaceWithVoid();
                    case SendOutcome.Refused<TwilioParticipant> refused -> {
                        LOG.warnf(
                                "Twilio did not call the agent into a room, status=%d code=%d",
                                refused.httpStatus(), refused.code());
                        yield absent(room.name(), issued.label(), "refused")
                                .chain(() -> Uni.createFrom().failure(TwilioProblems.of(refused)));
                    }
                    // Its join tells; a second leg would be a second agent talking.
                    case SendOutcome.Unclear<TwilioParticipant> unclear -> {
                        LOG.warnf(
                                "it is not known whether the agent was called into a room, reason=%s",
                                unclear.reason());
                        yield Uni.createFrom().voidItem();
                    }
                });
    }

    /** Writes how Twilio names a room and the leg it called for a label. */
    Uni<Optional<Room>> named(String room, String label, TwilioParticipant participant) {
        return rooms.change(room, before -> {
            Room named = before.named(participant.conferenceSid());
            return named.labelled(label)
                    .filter(one -> one.callSid() == null)
                    .map(one -> named.with(one.id(), known -> known.on(participant.callSid())))
                    .orElse(named);
        });
    }

    /** Writes that whoever was to have a label will not come, and does what follows. */
    Uni<Void> absent(String room, String label, String reason) {
        return absent(room, before -> before.labelled(label), reason);
    }

    /** As {@link #absent}, for a call that ended: only where it is the one that is awaited, and not an earlier one of the same label. */
    Uni<Void> legEnded(String room, String label, String callSid, String reason) {
        return absent(room, before -> before.expected(label, callSid), reason);
    }

    private Uni<Void> absent(String room, Function<Room, Optional<Participant>> who, String reason) {
        return rooms.step(room, before -> who.apply(before)
                        .map(one -> before.afterAbsence(one.id(), rooms.now(), reason, UUID::randomUUID))
                        .orElseGet(() -> new Room.Step(before, List.of(), List.of())))
                .chain(step -> step.map(taken -> run(taken.room(), taken.tasks()))
                        .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    /** Ends a room at Twilio: the room itself, and the phones that still ring for it. Where there is none the row ends here. */
    public Uni<Void> end(Room room) {
        return sidOf(room).chain(sid -> hangUpInvited(room)
                .chain(() -> sid.isPresent() ? complete(room, sid.get()) : lost(room)));
    }

    /** Twilio's name of the room, asked for where it is not known. Fails when Twilio does not say. */
    Uni<Optional<String>> sidOf(Room room) {
        if (room.conferenceSid() != null) {
            return Uni.createFrom().item(Optional.of(room.conferenceSid()));
        }
        return find(room);
    }

    private Uni<Optional<String>> find(Room room) {
        return conferences.find(room.name()).map(outcome -> switch (outcome) {
            case SendOutcome.Accepted<Optional<String>>(var sid) -> sid;
            case SendOutcome.Refused<Optional<String>> refused ->
                throw new IllegalStateException("Twilio refuses to look for a room, code=" + refused.code());
            case SendOutcome.Unclear<Optional<String>> unclear ->
                throw new IllegalStateException("Twilio did not look for a room: " + unclear.reason());
        });
    }

    private Uni<Void> complete(Room room, String sid) {
        return conferences.end(sid).chain(outcome -> switch (outcome) {
            case SendOutcome.Refused<String> refused when refused.httpStatus() == 404 -> lost(room);
            case SendOutcome.Refused<String> refused -> {
                LOG.warnf("Twilio did not end a room, status=%d code=%d", refused.httpStatus(), refused.code());
                yield Uni.createFrom().voidItem();
            }
            // Its conference-end tells; the sweep asks again where none comes.
            case SendOutcome.Accepted<String> accepted -> Uni.createFrom().voidItem();
            case SendOutcome.Unclear<String> unclear -> Uni.createFrom().voidItem();
        });
    }

    private Uni<Void> lost(Room room) {
        return rooms.step(room.name(), before -> before.afterLoss(rooms.now())).replaceWithVoid();
    }

    private Uni<Void> hangUpInvited(Room room) {
        List<String> ringing = room.participants().stream()
                .filter(one -> one.standing() == Participant.Standing.INVITED && one.callSid() != null)
                .map(Participant::callSid)
                .toList();
        return Multi.createFrom()
                .iterable(ringing)
                .onItem()
                .transformToUniAndConcatenate(callSid -> calls.update(callSid, new CallChange.HangUp()))
                .collect()
                .asList()
                .replaceWithVoid();
    }
}

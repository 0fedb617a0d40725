package dev.throughline.telephony.handover;

import dev.throughline.events.CallEvent.HandOver.Stage;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.conference.RoomLines;
import dev.throughline.telephony.conference.RoomTasks;
import dev.throughline.telephony.conference.Rooms;
import dev.throughline.telephony.twilio.CallChange;
import dev.throughline.telephony.twilio.ConferenceTwiml;
import dev.throughline.telephony.twilio.NewCall;
import dev.throughline.telephony.twilio.TwilioCall;
import dev.throughline.telephony.twilio.TwilioCalls;
import dev.throughline.telephony.twilio.VoiceTwiml;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.UUID;
import org.jboss.logging.Logger;

/**
 * What a hand-over asks Twilio for, and what the answers say of it as signals. Nothing here fails: what went wrong is a signal, or, where
 * it is not known what happened, none, and the sweep looks later.
 */
@Singleton
final class HandOverCalls {

    static final String CALLER = "caller";
    static final String HUMAN = "human";

    private static final Logger LOG = Logger.getLogger(HandOverCalls.class);

    private final TwilioCalls calls;
    private final RoomLines lines;
    private final Rooms rooms;
    private final RoomTasks roomTasks;
    private final TenantDirectory tenants;
    private final PublicUrl publicUrl;
    private final HandBack handBack;
    private final HandOverConfig config;

    HandOverCalls(
            TwilioCalls calls,
            RoomLines lines,
            Rooms rooms,
            RoomTasks roomTasks,
            TenantDirectory tenants,
            PublicUrl publicUrl,
            HandBack handBack,
            HandOverConfig config) {
        this.calls = calls;
        this.lines = lines;
        this.rooms = rooms;
        this.roomTasks = roomTasks;
        this.tenants = tenants;
        this.publicUrl = publicUrl;
        this.handBack = handBack;
        this.config = config;
    }

    /** The path of one of a hand-over's webhooks. */
    static String path(UUID handOver, String which) {
        return WebhookPaths.TWILIO + WebhookPaths.HAND_OVER + "/" + handOver + "/" + which;
    }

    /** The public address of one of a hand-over's webhooks about the human of an attempt. */
    String address(UUID handOver, String which, int attempt) {
        return publicUrl.of(path(handOver, which, attempt));
    }

    private String reports(UUID handOver, String which, int attempt) {
        return publicUrl.repeated(path(handOver, which, attempt));
    }

    private static String path(UUID handOver, String which, int attempt) {
        return path(handOver, which) + "?attempt=" + attempt;
    }

    /** Rings the human of an attempt. A call that Twilio may have made is not made again: its webhooks tell. */
    Uni<Optional<HandOverSignal>> ring(HandOver handOver, int attempt) {
        Tenant tenant = tenants.byId(handOver.call().tenantId()).orElse(null);
        if (tenant == null) {
            return signal(new HandOverSignal.Missed(attempt, Stage.FAILED));
        }
        return Uni.createFrom()
                .deferred(() -> calls.create(new NewCall(
                        handOver.humans().get(attempt).number(),
                        lines.from(tenant),
                        new CallChange.Url(address(handOver.id(), "brief", attempt)),
                        reports(handOver.id(), "status", attempt),
                        config.ringing(),
                        new NewCall.MachineDetection(false, reports(handOver.id(), "machine", attempt)))))
                .map(outcome -> switch (outcome) {
                    case SendOutcome.Accepted<TwilioCall>(var call) ->
                        Optional.<HandOverSignal>of(new HandOverSignal.Called(attempt, call.sid()));
                    case SendOutcome.Refused<TwilioCall> refused -> {
                        LOG.warnf(
                                "Twilio did not ring a human, status=%d code=%d", refused.httpStatus(), refused.code());
                        yield Optional.<HandOverSignal>of(new HandOverSignal.Missed(attempt, Stage.FAILED));
                    }
                    case SendOutcome.Unclear<TwilioCall> unclear -> {
                        LOG.warnf("it is not known whether a human is rung, reason=%s", unclear.reason());
                        yield Optional.<HandOverSignal>empty();
                    }
                })
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf("a human could not be rung: %s", failure.getMessage());
                    return Optional.of(new HandOverSignal.Missed(attempt, Stage.FAILED));
                });
    }

    /** The human's place in the room; * leaves it. */
    String humansSeat(HandOver handOver) {
        return ConferenceTwiml.join(
                lines.seat(handOver.meeting(), HUMAN, false, false, path(handOver.id(), "human-left"), true));
    }

    /**
     * Tells the caller's leg to go into the room. Where Twilio does not say whether it did, it is taken to have: the sweep sees who came.
     */
    Uni<HandOverSignal> moveCaller(HandOver handOver) {
        // With the caller the room ends, so that the human does not sit there alone.
        String twiml = ConferenceTwiml.join(
                lines.seat(handOver.meeting(), CALLER, true, false, path(handOver.id(), "caller-left"), false));
        return calls.update(handOver.call().callSid(), new CallChange.Twiml(twiml))
                .map(outcome -> switch (outcome) {
                    case SendOutcome.Accepted<TwilioCall> accepted -> new HandOverSignal.Moved();
                    case SendOutcome.Unclear<TwilioCall> unclear -> new HandOverSignal.Moved();
                    case SendOutcome.Refused<TwilioCall> refused when over(refused) -> new HandOverSignal.CallerGone();
                    case SendOutcome.Refused<TwilioCall> refused -> {
                        LOG.warnf(
                                "Twilio did not move a caller, status=%d code=%d",
                                refused.httpStatus(), refused.code());
                        yield new HandOverSignal.NotMoved();
                    }
                });
    }

    /**
     * Tells the caller's leg to go back to the agent. Where that does not work the room is ended: the caller's leg then asks what to do,
     * and is told the same.
     */
    Uni<Optional<HandOverSignal>> returnCaller(HandOver handOver) {
        return handBack.twiml(handOver)
                .chain(twiml -> calls.update(handOver.call().callSid(), new CallChange.Twiml(twiml)))
                .chain(outcome -> switch (outcome) {
                    case SendOutcome.Accepted<TwilioCall> accepted -> signal(new HandOverSignal.Returned());
                    case SendOutcome.Refused<TwilioCall> refused
                    when over(refused) -> signal(new HandOverSignal.CallerGone());
                    case SendOutcome.Refused<TwilioCall> refused -> endRoom(handOver);
                    case SendOutcome.Unclear<TwilioCall> unclear -> endRoom(handOver);
                })
                .onFailure()
                .recoverWithUni(failure -> {
                    LOG.warn("a caller could not be brought back by request", failure);
                    return endRoom(handOver);
                });
    }

    /** Says good-bye to the caller. */
    Uni<Void> releaseCaller(HandOver handOver) {
        return sayOrHangUp(handOver.call().callSid(), HandOverWords.GOODBYE);
    }

    /** Ends a human's call; one who waits for a caller is told why. */
    Uni<Void> letHumanGo(HandOver handOver, String leg) {
        if (handOver.state() instanceof HandOverState.Over(int ignored, Stage outcome)) {
            return switch (outcome) {
                case CALLER_GONE, ENDED -> sayOrHangUp(leg, HandOverWords.CALLER_GONE);
                case FAILED -> sayOrHangUp(leg, HandOverWords.NOT_CONNECTED);
                case REQUESTED, RINGING, ACCEPTED, BUSY, NO_ANSWER, DECLINED, VOICEMAIL, RETURNED -> hangUp(leg);
            };
        }
        return hangUp(leg);
    }

    /** Ends the room for whoever is in it. */
    Uni<Optional<HandOverSignal>> endRoom(HandOver handOver) {
        return rooms.find(handOver.room())
                .chain(found -> found.map(roomTasks::end)
                        .orElseGet(() -> Uni.createFrom().voidItem()))
                .onFailure()
                .invoke(failure -> LOG.warn("a hand-over's room could not be ended", failure))
                .onFailure()
                .recoverWithNull()
                .replaceWith(Optional.empty());
    }

    private Uni<Void> sayOrHangUp(String leg, String words) {
        // A leg that still rings takes no words.
        return calls.update(leg, new CallChange.Twiml(VoiceTwiml.sayAndHangUp(words)))
                .chain(outcome -> outcome instanceof SendOutcome.Accepted
                        ? Uni.createFrom().voidItem()
                        : hangUp(leg));
    }

    private Uni<Void> hangUp(String leg) {
        return calls.update(leg, new CallChange.HangUp()).replaceWithVoid();
    }

    /** Whether Twilio refuses because the call is over (Twilio, error 21220). */
    private static boolean over(SendOutcome.Refused<?> refused) {
        return refused.code() == 21220 || refused.httpStatus() == 404;
    }

    private static Uni<Optional<HandOverSignal>> signal(HandOverSignal signal) {
        return Uni.createFrom().item(Optional.of(signal));
    }
}

package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioTime;
import dev.throughline.simulator.twilio.audio.MixMember;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Somebody in a room, or on the way into it. Its switches belong to the room, which guards them. */
public final class Participant {

    private final ConferenceLeg leg;
    private final DialNoun.Conference options;
    private final long queueMillis;
    private final Instant created = Instant.now();
    private final CompletableFuture<Departure> removed = new CompletableFuture<>();
    private volatile @Nullable MixMember member;
    private volatile boolean muted;
    private volatile boolean held;
    private volatile boolean endOnExit;
    private volatile @Nullable String coach;

    Participant(ConferenceLeg leg, DialNoun.Conference options, long queueMillis) {
        this.leg = leg;
        this.options = options;
        this.queueMillis = queueMillis;
        this.muted = options.muted();
        this.endOnExit = options.endOnExit();
        this.coach = options.coach();
    }

    /** Completes when the room has sent the participant away. */
    public CompletableFuture<Departure> removed() {
        return removed;
    }

    ConferenceLeg leg() {
        return leg;
    }

    DialNoun.Conference options() {
        return options;
    }

    @Nullable String label() {
        return options.label();
    }

    boolean hasJoined() {
        return member != null;
    }

    Optional<MixMember> member() {
        return Optional.ofNullable(member);
    }

    void joined(MixMember as) {
        member = as;
        as.mute(muted);
        as.waitWithMusic(options.waitUrl() == null);
    }

    boolean endOnExit() {
        return endOnExit;
    }

    void endOnExit(boolean now) {
        endOnExit = now;
    }

    boolean isMuted() {
        return muted;
    }

    void mute(boolean now) {
        muted = now;
        member().ifPresent(each -> each.mute(now));
    }

    boolean isHeld() {
        return held;
    }

    void hold(boolean now) {
        held = now;
        member().ifPresent(each -> each.hold(now));
    }

    @Nullable String coach() {
        return coach;
    }

    void coach(@Nullable String callSid) {
        coach = callSid;
    }

    /** Whether {@code callSidOrLabel} means this participant. */
    boolean is(String callSidOrLabel) {
        return leg.sid().equals(callSidOrLabel) || callSidOrLabel.equals(options.label());
    }

    /** What participant events add to a callback, in the reference's order. */
    Map<String, String> form() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", leg.sid());
        if (options.label() != null) {
            form.put("ParticipantLabel", options.label());
        }
        form.put("Muted", String.valueOf(muted));
        form.put("Hold", String.valueOf(held));
        form.put("Coaching", String.valueOf(coach != null));
        form.put("EndConferenceOnExit", String.valueOf(endOnExit));
        form.put("StartConferenceOnEnter", String.valueOf(options.startOnEnter()));
        return form;
    }

    /** The Participant resource. */
    JsonObject toRest(TwilioAccount account, String conferenceSid) {
        return new JsonObject()
                .put("account_sid", account.sid())
                .put("call_sid", leg.sid())
                .put("label", options.label())
                .put("conference_sid", conferenceSid)
                .put("date_created", TwilioTime.rfc2822(created))
                .put("date_updated", TwilioTime.rfc2822(created))
                .put("end_conference_on_exit", endOnExit)
                .put("muted", muted)
                .put("hold", held)
                .put("status", status())
                .put("start_conference_on_enter", options.startOnEnter())
                .put("coaching", coach != null)
                .put("call_sid_to_coach", coach)
                .put("queue_time", String.valueOf(queueMillis))
                .put("uri", account.path("Conferences/" + conferenceSid + "/Participants/" + leg.sid() + ".json"));
    }

    private String status() {
        return switch (leg.statusWord()) {
            case "queued" -> "queued";
            case "initiated" -> "connecting";
            case "ringing" -> "ringing";
            case "in-progress" -> hasJoined() ? "connected" : "connecting";
            case "completed" -> "complete";
            default -> "failed";
        };
    }
}

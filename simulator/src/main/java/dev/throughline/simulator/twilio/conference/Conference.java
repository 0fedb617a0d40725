package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.MixMember;
import dev.throughline.simulator.twilio.audio.Mixer;
import dev.throughline.simulator.twilio.audio.MuLaw;
import dev.throughline.simulator.twilio.audio.SlotClock;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One room.
 *
 * <pre>
 *  INIT ── two are in and one of them starts it ──▶ IN_PROGRESS ── last one leaves, one with endConferenceOnExit
 *    └──────────────────────────────────────────────────┴────────── leaves, or REST ends it ──▶ COMPLETED
 * </pre>
 */
public final class Conference {

    private static final byte[] ENTER_BEEP = MuLaw.tone(880, 200);
    private static final byte[] EXIT_BEEP = MuLaw.tone(440, 200);

    private final ConferenceEnvironment environment;
    private final String sid = Sids.next("CF");
    private final String friendlyName;
    private final Instant created = Instant.now();
    private final RoomCallbacks callbacks;
    private final Mixer mixer = new Mixer(this::speaks);
    private final List<Participant> participants = new ArrayList<>();
    private final RoomRecorder recorder = new RoomRecorder();
    private RoomStatus status = RoomStatus.INIT;
    private boolean everJoined;
    private @Nullable RoomEnd end;
    private @Nullable Participant ender;

    Conference(ConferenceEnvironment environment, String friendlyName) {
        this.environment = environment;
        this.friendlyName = friendlyName;
        this.callbacks =
                new RoomCallbacks(environment.webhooks(), environment.account().sid(), sid, friendlyName);
        Vertx vertx = environment.vertx();
        vertx.getOrCreateContext().runOnContext(nothing -> SlotClock.start(vertx, mixer::isOpen, slot -> mixer.tick()));
    }

    String sid() {
        return sid;
    }

    String friendlyName() {
        return friendlyName;
    }

    Instant created() {
        return created;
    }

    synchronized RoomStatus status() {
        return status;
    }

    synchronized @Nullable RoomEnd end() {
        return end;
    }

    /** The CallSid of who ended it by leaving; null when nobody did. */
    synchronized @Nullable String callSidEnding() {
        return ender == null ? null : ender.leg().sid();
    }

    /** Everybody in the room or on the way into it. */
    synchronized List<Participant> participants() {
        return List.copyOf(participants);
    }

    synchronized Optional<Participant> find(String callSidOrLabel) {
        return participants.stream().filter(each -> each.is(callSidOrLabel)).findFirst();
    }

    /** Whether nobody in the room or on the way has this label. */
    synchronized boolean isFree(String label) {
        return participants.stream().noneMatch(each -> label.equals(each.label()));
    }

    /** Somebody is being called into the room; empty when it has ended meanwhile. */
    synchronized Optional<Participant> expect(ConferenceLeg leg, DialNoun.Conference options, long queueMillis) {
        if (status == RoomStatus.COMPLETED) {
            return Optional.empty();
        }
        Participant participant = new Participant(leg, options, queueMillis);
        participants.add(participant);
        return Optional.of(participant);
    }

    /**
     * A leg comes in by its TwiML; empty when the room has ended meanwhile. Throws {@link RefusedEntry} when its label is taken
     * (16025) or the room is full (16021).
     */
    public synchronized Optional<Participant> enter(ConferenceLeg leg, DialNoun.Conference options)
            throws RefusedEntry {
        String label = options.label();
        if (label != null && !isFree(label)) {
            throw new RefusedEntry(16025, "Dial->Conference: Participant label is in use by another participant");
        }
        if (participants.size() >= options.maxParticipants()) {
            throw new RefusedEntry(16021, "Dial->Conference: the room is full");
        }
        Optional<Participant> participant = expect(leg, options, 0);
        participant.ifPresent(this::arrive);
        return participant;
    }

    /** A participant's leg was answered and comes in. */
    public synchronized void arrive(Participant participant) {
        if (status == RoomStatus.COMPLETED) {
            participant.removed().complete(Departure.CONFERENCE_ENDED);
            return;
        }
        DialNoun.Conference options = participant.options();
        everJoined = true;
        callbacks.useOf(options);
        HeardAudio heard = new HeardAudio();
        participant.leg().hears(heard);
        participant.joined(mixer.join(participant.leg().audio(), heard));
        applyCoaching();
        if (options.beep().equals("true") || options.beep().equals("onEnter")) {
            mixer.sound(ENTER_BEEP);
        }
        recorder.consider(options);
        callbacks.joined(participant);
        if (status == RoomStatus.INIT) {
            startIfReady(participant);
        } else {
            participant.leg().bridged(true);
        }
    }

    private void startIfReady(Participant newest) {
        List<Participant> inside =
                participants.stream().filter(Participant::hasJoined).toList();
        if (inside.size() < 2
                || inside.stream().noneMatch(each -> each.options().startOnEnter())) {
            String waitUrl = newest.options().waitUrl();
            if (waitUrl != null && !waitUrl.isEmpty()) {
                environment.announcer().playWhileWaiting(this, newest, waitUrl);
            }
            return;
        }
        status = RoomStatus.IN_PROGRESS;
        recorder.begin(mixer);
        mixer.bringTogether();
        inside.forEach(each -> each.leg().bridged(true));
        callbacks.started();
    }

    /** A participant goes, or never came. */
    public synchronized void leave(Participant participant, Departure departure, String callStatus) {
        if (!participants.remove(participant)) {
            return;
        }
        callbacks.useOf(participant.options());
        tellLeft(participant, departure, callStatus);
        String beep = participant.options().beep();
        if (participant.hasJoined() && (beep.equals("true") || beep.equals("onExit"))) {
            mixer.sound(EXIT_BEEP);
        }
        if (participant.hasJoined() && participant.endOnExit() && departure.isOwn()) {
            finish(RoomEnd.ofModerator(departure), participant);
        } else if (participants.isEmpty()) {
            finish(RoomEnd.ofLast(departure), participant);
        }
    }

    /** Sends a participant away through REST. */
    synchronized void kick(Participant participant) {
        if (participant.hasJoined()) {
            leave(participant, Departure.KICKED, participant.leg().statusWord());
            participant.removed().complete(Departure.KICKED);
        } else {
            participant.leg().hangUp("removed from the conference");
        }
    }

    /** Ends the room through REST. */
    synchronized void finish() {
        finish(RoomEnd.VIA_API, null);
    }

    private void finish(RoomEnd reason, @Nullable Participant by) {
        if (status == RoomStatus.COMPLETED) {
            return;
        }
        status = RoomStatus.COMPLETED;
        end = reason;
        ender = by;
        for (Participant each : List.copyOf(participants)) {
            participants.remove(each);
            if (each.hasJoined()) {
                tellLeft(each, reason.departure(), each.leg().statusWord());
                each.removed().complete(reason.departure());
            } else {
                each.leg().hangUp("the conference has ended");
            }
        }
        mixer.close();
        recorder.end(sid, environment.recordings());
        environment.rooms().ended(this);
        if (everJoined) {
            callbacks.ended(reason, by);
        }
    }

    private void tellLeft(Participant participant, Departure departure, String callStatus) {
        participant.member().ifPresent(mixer::leave);
        participant.leg().bridged(false);
        callbacks.left(participant, departure, callStatus);
    }

    synchronized void mute(Participant participant, boolean now) {
        if (participant.isMuted() != now) {
            participant.mute(now);
            callbacks.muted(participant);
        }
    }

    synchronized void hold(Participant participant, boolean now) {
        if (participant.isHeld() != now) {
            participant.hold(now);
            callbacks.held(participant);
        }
    }

    /** Changes who the participant coaches (null nobody) and whether the room ends with him. */
    synchronized void modify(Participant participant, boolean endOnExit, @Nullable String coach) {
        participant.endOnExit(endOnExit);
        participant.coach(coach);
        applyCoaching();
        callbacks.modified(participant);
    }

    /** Somebody says words without audio: everybody else hears them, as far as he is heard and they hear. */
    public synchronized void tellOthers(Participant from, String kind, String text) {
        if (status == RoomStatus.IN_PROGRESS && !from.isMuted() && !from.isHeld()) {
            participants.stream()
                    .filter(each -> each != from && each.hasJoined() && !each.isHeld())
                    .forEach(each -> each.leg().told(kind, text));
        }
    }

    /** Tells how an announcement went. */
    void announced(@Nullable Participant to, boolean played) {
        callbacks.announced(to, played);
    }

    private void applyCoaching() {
        for (Participant each : participants) {
            String coached = each.coach();
            MixMember heardBy = coached == null
                    ? null
                    : find(coached).flatMap(Participant::member).orElse(null);
            each.member().ifPresent(member -> member.coach(heardBy));
        }
    }

    private void speaks(MixMember member, boolean begins) {
        Optional<Participant> who;
        synchronized (this) {
            who = participants.stream()
                    .filter(each -> each.member().orElse(null) == member)
                    .findFirst();
        }
        who.ifPresent(each -> callbacks.spoke(each, begins));
    }
}

package dev.throughline.telephony.twilio;

import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.account.Conference;
import com.twilio.rest.api.v2010.account.conference.Participant;
import com.twilio.rest.api.v2010.account.conference.ParticipantCreator;
import com.twilio.rest.api.v2010.account.conference.ParticipantUpdater;
import com.twilio.type.App;
import com.twilio.type.Client;
import com.twilio.type.Endpoint;
import com.twilio.type.PhoneNumber;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioRest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's Conferences resource and its participants. Each request is made once, on a virtual thread, within
 * {@code throughline.twilio.read-timeout}; the outcome comes on that thread and the {@link Uni} never fails. An
 * {@link SendOutcome.Unclear} addition is looked up with {@link #participant}, never repeated; what is gone is refused with status 404.
 */
@Singleton
public final class TwilioConferences {

    /** {@code app:}, whose target is a TwiML application. */
    private static final String APP = "app:";

    private static final String CLIENT = "client:";

    /** Room names are used once; more than one of a name would be a coincidence. */
    private static final int SAME_NAME = 5;

    /** Twilio takes no more into one room (Twilio, <i>TwiML: Conference</i>, maxParticipants). */
    private static final int MOST_PRESENT = 250;

    private static final List<String> STEPS = List.of("initiated", "ringing", "answered", "completed");

    private final TwilioRest twilio;

    TwilioConferences(TwilioRest twilio) {
        this.twilio = twilio;
    }

    /**
     * Somebody to call into a room.
     *
     * @param room the room's name; one not in use makes the room
     * @param label unique in the room, letters, digits, hyphens
     * @param from E.164, a number of this account
     * @param to E.164, {@code client:…}, or {@code app:AP…?name=value}
     * @param endsRoom whether the room ends for all when this participant leaves
     * @param conferenceCallback told of everything in the room, absolute; only the first participant's counts
     * @param statusCallback told of this call's steps, absolute; null = nobody is
     * @param ringing how long it may ring, 5 to 600 s
     * @param atMost how long the call may last
     */
    public record NewParticipant(
            String room,
            String label,
            String from,
            String to,
            boolean endsRoom,
            boolean muted,
            String conferenceCallback,
            @Nullable String statusCallback,
            Duration ringing,
            Duration atMost) {}

    /**
     * A participant as Twilio has it.
     *
     * @param callSid the participant's leg
     * @param conferenceSid CF…
     */
    public record TwilioParticipant(String callSid, String conferenceSid, boolean muted, boolean onHold) {}

    /** Somebody in a room, as Twilio has it. @param label empty when there is none */
    public record Present(String callSid, String label, boolean muted, boolean onHold) {}

    /** Calls somebody into a room. */
    public Uni<SendOutcome<TwilioParticipant>> add(NewParticipant participant) {
        return twilio.send(client -> read(creator(participant).create(client)));
    }

    /**
     * Changes what a participant hears and says; null leaves as it is.
     *
     * @param participant CallSid or label
     */
    public Uni<SendOutcome<TwilioParticipant>> change(
            String conferenceSid, String participant, @Nullable Boolean muted, @Nullable Boolean onHold) {
        return twilio.send(client -> {
            ParticipantUpdater updater = Participant.updater(conferenceSid, participant);
            if (muted != null) {
                updater.setMuted(muted);
            }
            if (onHold != null) {
                updater.setHold(onHold);
            }
            return read(updater.update(client));
        });
    }

    /** Puts a participant out of the room, which ends that call unless its TwiML goes on. @param participant CallSid or label */
    public Uni<SendOutcome<Boolean>> remove(String conferenceSid, String participant) {
        return twilio.send(
                client -> Participant.deleter(conferenceSid, participant).delete(client));
    }

    /** A participant by CallSid or label. */
    public Uni<SendOutcome<TwilioParticipant>> participant(String conferenceSid, String participant) {
        return twilio.send(
                client -> read(Participant.fetcher(conferenceSid, participant).fetch(client)));
    }

    /** Who is in a room now; nobody where the room is over. */
    public Uni<SendOutcome<List<Present>>> present(String conferenceSid) {
        return twilio.send(client -> list(client, conferenceSid));
    }

    /** The CF… of the room of this name that is not over; empty when there is none. */
    public Uni<SendOutcome<Optional<String>>> find(String room) {
        return twilio.send(client -> search(client, room));
    }

    /** Ends a room for all. */
    public Uni<SendOutcome<String>> end(String conferenceSid) {
        return twilio.send(client -> sid(Conference.updater(conferenceSid)
                .setStatus(Conference.UpdateStatus.COMPLETED)
                .update(client)
                .getSid()));
    }

    private static Optional<String> search(TwilioRestClient client, String room) {
        // No filter by status: a room in which one participant waits is not in progress yet.
        for (Conference conference :
                Conference.reader().setFriendlyName(room).limit(SAME_NAME).read(client)) {
            if (conference.getStatus() != Conference.Status.COMPLETED) {
                return Optional.of(sid(conference.getSid()));
            }
        }
        return Optional.empty();
    }

    private static List<Present> list(TwilioRestClient client, String conferenceSid) {
        List<Present> present = new ArrayList<>();
        for (Participant one :
                Participant.reader(conferenceSid).limit(MOST_PRESENT).read(client)) {
            // Whoever still rings is listed too.
            if (one.getStatus() == null || one.getStatus() == Participant.Status.CONNECTED) {
                present.add(new Present(
                        sid(one.getCallSid()),
                        Objects.requireNonNullElse(one.getLabel(), ""),
                        Objects.requireNonNullElse(one.getMuted(), false),
                        Objects.requireNonNullElse(one.getHold(), false)));
            }
        }
        return List.copyOf(present);
    }

    private static ParticipantCreator creator(NewParticipant participant) {
        ParticipantCreator creator = Participant.creator(
                        participant.room(), new PhoneNumber(participant.from()), endpoint(participant.to()))
                .setLabel(participant.label())
                .setStartConferenceOnEnter(true)
                .setEndConferenceOnExit(participant.endsRoom())
                .setMuted(participant.muted())
                // A beep would be heard by the agent as speech, music while waiting too; a small buffer keeps its
                // answers quick.
                .setBeep("false")
                .setWaitUrl(URI.create(""))
                .setJitterBufferSize("small")
                .setTimeout((int) participant.ringing().toSeconds())
                .setTimeLimit((int) participant.atMost().toSeconds())
                .setConferenceStatusCallback(participant.conferenceCallback())
                .setConferenceStatusCallbackEvent(ConferenceTwiml.EVENTS);
        if (participant.statusCallback() != null) {
            creator.setStatusCallback(participant.statusCallback()).setStatusCallbackEvent(STEPS);
        }
        return creator;
    }

    private static Endpoint endpoint(String to) {
        if (to.startsWith(APP)) {
            return new App(to.substring(APP.length()));
        }
        return to.startsWith(CLIENT) ? new Client(to.substring(CLIENT.length())) : new PhoneNumber(to);
    }

    /** @throws IllegalStateException when the answer names no participant, which makes the outcome unclear */
    private static TwilioParticipant read(Participant participant) {
        return new TwilioParticipant(
                sid(participant.getCallSid()),
                sid(participant.getConferenceSid()),
                Objects.requireNonNullElse(participant.getMuted(), false),
                Objects.requireNonNullElse(participant.getHold(), false));
    }

    private static String sid(@Nullable String sid) {
        if (sid == null) {
            throw new IllegalStateException("Twilio's answer names nothing");
        }
        return sid;
    }
}

package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.RestForm;
import dev.throughline.simulator.twilio.account.RestPage;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Participants resource: create, fetch, list, update, delete. Errors are thrown as {@link TwilioError}. */
public final class ParticipantResource {

    private static final int MAX_LABEL_CHARACTERS = 128;

    private final Conferences rooms;
    private final ParticipantDialler dialler;
    private final TwilioAccount account;
    private final Violations violations;

    public ParticipantResource(Conferences rooms, ParticipantDialler dialler) {
        this.rooms = rooms;
        this.dialler = dialler;
        this.account = rooms.environment().account();
        this.violations = rooms.environment().violations();
    }

    /** {@code POST Conferences/{name or sid}/Participants.json}; a name not in use makes the room. */
    public JsonObject create(String roomName, MultiMap parameters) {
        RestForm form = new RestForm(parameters);
        for (String foreign : List.of("Url", "Twiml", "Status")) {
            if (form.has(foreign)) {
                violations.add("not-a-parameter", roomName, foreign + " is no parameter of a participant; ignored");
            }
        }
        DialNoun.Conference options = options(roomName, form);
        ParticipantDialler.Line line = dialler.line(parameters);
        while (true) {
            Conference room = target(roomName);
            if (options.label() != null && !room.isFree(options.label())) {
                throw new TwilioError(400, 16026, "Participant label is in use by another participant");
            }
            if (room.participants().size() >= options.maxParticipants()) {
                throw new TwilioError(400, 16021, "The conference is full");
            }
            Optional<Participant> participant = room.expect(line.leg(), options, line.queueMillis());
            if (participant.isPresent()) {
                JsonObject created =
                        participant.get().toRest(account, room.sid()).put("status", "queued");
                line.connect(room, participant.get());
                return created;
            }
        }
    }

    /** {@code GET Conferences/{sid}/Participants/{CallSid or label}.json}. */
    public JsonObject fetch(String roomSid, String callSidOrLabel) {
        Conference room = get(roomSid);
        return get(room, callSidOrLabel).toRest(account, room.sid());
    }

    /** {@code GET Conferences/{sid}/Participants.json} with the filters {@code Muted}, {@code Hold} and {@code Coaching}. */
    public JsonObject list(String roomSid, MultiMap query) {
        Conference room = get(roomSid);
        List<JsonObject> found = room.participants().stream()
                .filter(each -> fits(query.get("Muted"), each.isMuted()))
                .filter(each -> fits(query.get("Hold"), each.isHeld()))
                .filter(each -> fits(query.get("Coaching"), each.coach() != null))
                .map(each -> each.toRest(account, room.sid()))
                .toList();
        return RestPage.of(account, "Conferences/" + room.sid() + "/Participants", "participants", found);
    }

    /** {@code POST} to one: {@code Muted}, {@code Hold}, {@code EndConferenceOnExit}, {@code Coaching}, {@code AnnounceUrl}… */
    public JsonObject update(String roomSid, String callSidOrLabel, MultiMap parameters) {
        Conference room = get(roomSid);
        Participant participant = get(room, callSidOrLabel);
        RestForm form = new RestForm(parameters);
        if (form.has("Status")) {
            violations.add("not-a-parameter", room.sid(), "Status is no parameter of a participant; ignored");
        }
        boolean muted = form.flag("Muted", participant.isMuted());
        boolean held = form.flag("Hold", participant.isHeld());
        form.url("HoldUrl", 21205);
        form.url("WaitUrl", 21205);
        String announceUrl = form.url("AnnounceUrl", 21205);
        boolean endOnExit = form.flag("EndConferenceOnExit", participant.endOnExit());
        String coach = form.has("Coaching") ? coach(form) : participant.coach();
        room.mute(participant, muted);
        room.hold(participant, held);
        if (form.has("EndConferenceOnExit") || form.has("Coaching") || form.has("BeepOnExit")) {
            room.modify(participant, endOnExit, coach);
        }
        if (announceUrl != null) {
            rooms.environment().announcer().announce(room, participant, announceUrl, form.method("AnnounceMethod"));
        }
        return participant.toRest(account, room.sid());
    }

    /** {@code DELETE} of one: out of the room, and out of the call when nothing else is left for it to do. */
    public void delete(String roomSid, String callSidOrLabel) {
        Conference room = get(roomSid);
        room.kick(get(room, callSidOrLabel));
    }

    private Conference target(String roomName) {
        return roomName.matches("CF[0-9a-f]{32}") ? get(roomName) : rooms.room(roomName);
    }

    private Conference get(String sidOrName) {
        return rooms.find(sidOrName)
                .filter(room -> room.status() != RoomStatus.COMPLETED)
                .orElseThrow(() -> TwilioError.notFound(account.path("Conferences/" + sidOrName + ".json")));
    }

    private Participant get(Conference room, String callSidOrLabel) {
        return room.find(callSidOrLabel)
                .orElseThrow(() -> TwilioError.notFound(
                        account.path("Conferences/" + room.sid() + "/Participants/" + callSidOrLabel + ".json")));
    }

    private static DialNoun.Conference options(String roomName, RestForm form) {
        form.oneOf("JitterBufferSize", "large", DialNoun.Conference.JITTER_BUFFERS);
        form.oneOf("Region", "us1", DialNoun.Conference.REGIONS);
        form.flag("EarlyMedia", true);
        Set<String> events = form.words("ConferenceStatusCallbackEvent");
        if (!DialNoun.Conference.EVENTS.containsAll(events)) {
            throw new TwilioError(400, 20001, "ConferenceStatusCallbackEvent takes " + DialNoun.Conference.EVENTS);
        }
        return new DialNoun.Conference(
                roomName,
                form.flag("StartConferenceOnEnter", true),
                form.flag("EndConferenceOnExit", false),
                form.flag("Muted", false),
                form.oneOf("Beep", "true", DialNoun.Conference.BEEPS),
                label(form),
                form.has("WaitUrl") ? waitUrl(form) : null,
                form.method("WaitMethod"),
                form.number(
                        "MaxParticipants",
                        DialNoun.Conference.MAX_PARTICIPANTS,
                        2,
                        DialNoun.Conference.MAX_PARTICIPANTS,
                        20001),
                coach(form),
                !form.oneOf(
                                "ConferenceRecord",
                                "do-not-record",
                                Set.of("true", "false", "do-not-record", "record-from-start"))
                        .matches("false|do-not-record"),
                form.url("ConferenceRecordingStatusCallback", 21609),
                form.method("ConferenceRecordingStatusCallbackMethod"),
                form.url("ConferenceStatusCallback", 21609),
                form.method("ConferenceStatusCallbackMethod"),
                events.isEmpty() ? Set.of("start", "end") : events);
    }

    private static String waitUrl(RestForm form) {
        String url = form.url("WaitUrl", 21205);
        return url == null ? "" : url;
    }

    private static @Nullable String coach(RestForm form) {
        return form.flag("Coaching", false)
                ? form.required("CallSidToCoach", 20001, "Coaching needs CallSidToCoach")
                : null;
    }

    private static @Nullable String label(RestForm form) {
        String label = form.text("Label");
        if (label != null
                && (label.length() > MAX_LABEL_CHARACTERS
                        || label.contains("/")
                        || label.toUpperCase(java.util.Locale.ROOT).contains("%2F")
                        || label.matches("CA[0-9a-f]{32}"))) {
            throw new TwilioError(
                    400,
                    16024,
                    "Invalid participant label, must not exceed 128 characters, must not be a CallSid, must not contain '/'");
        }
        return label;
    }

    private static boolean fits(@Nullable String wanted, boolean value) {
        return wanted == null || Boolean.parseBoolean(wanted) == value;
    }
}

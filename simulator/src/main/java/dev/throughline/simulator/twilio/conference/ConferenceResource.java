package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.DateFilter;
import dev.throughline.simulator.twilio.account.RestForm;
import dev.throughline.simulator.twilio.account.RestPage;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.TwilioTime;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** The Conferences resource: fetch, list, update. Errors are thrown as {@link TwilioError}. */
public final class ConferenceResource {

    private final Conferences rooms;
    private final TwilioAccount account;

    public ConferenceResource(Conferences rooms) {
        this.rooms = rooms;
        this.account = rooms.environment().account();
    }

    /** {@code GET Conferences/{sid}.json}. */
    public JsonObject fetch(String sid) {
        return toRest(get(sid));
    }

    /** {@code GET Conferences.json}, newest first, with the filters {@code FriendlyName}, {@code Status} and {@code DateCreated}. */
    public JsonObject list(MultiMap query) {
        String name = query.get("FriendlyName");
        String status = query.get("Status");
        List<JsonObject> found = rooms.all().stream()
                .filter(room -> name == null || name.equals(room.friendlyName()))
                .filter(room -> status == null || status.equals(room.status().word()))
                .filter(room -> DateFilter.fits(query, "DateCreated", room.created()))
                .map(this::toRest)
                .toList();
        return RestPage.of(account, "Conferences", "conferences", found);
    }

    /** {@code POST Conferences/{sid}.json}: {@code Status=completed} or {@code AnnounceUrl}. */
    public JsonObject update(String sid, MultiMap parameters) {
        Conference room = get(sid);
        RestForm form = new RestForm(parameters);
        String status = form.text("Status");
        if (status != null && !status.equals("completed")) {
            throw new TwilioError(400, 20001, "Status must be completed");
        }
        if (room.status() == RoomStatus.COMPLETED) {
            throw new TwilioError(400, 20001, "The conference has ended");
        }
        String announceUrl = form.url("AnnounceUrl", 21205);
        if (announceUrl != null) {
            rooms.environment().announcer().announce(room, null, announceUrl, form.method("AnnounceMethod"));
        }
        if (status != null) {
            room.finish();
        }
        return toRest(room);
    }

    private Conference get(String sid) {
        return rooms.find(sid)
                .filter(room -> room.sid().equals(sid))
                .orElseThrow(() -> TwilioError.notFound(account.path("Conferences/" + sid + ".json")));
    }

    private JsonObject toRest(Conference room) {
        RoomEnd end = room.end();
        String self = account.path("Conferences/" + room.sid());
        return new JsonObject()
                .put("account_sid", account.sid())
                .put("api_version", "2010-04-01")
                .put("call_sid_ending_conference", room.callSidEnding())
                .put("date_created", TwilioTime.rfc2822(room.created()))
                .put("date_updated", TwilioTime.rfc2822(room.created()))
                .put("friendly_name", room.friendlyName())
                .put("reason_conference_ended", end == null ? null : end.word())
                .put("region", "us1")
                .put("sid", room.sid())
                .put("status", room.status().word())
                .put(
                        "subresource_uris",
                        new JsonObject()
                                .put("participants", self + "/Participants.json")
                                .put("recordings", self + "/Recordings.json"))
                .put("uri", self + ".json");
    }
}

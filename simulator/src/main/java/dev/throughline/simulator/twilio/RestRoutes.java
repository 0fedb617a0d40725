package dev.throughline.simulator.twilio;

import dev.throughline.simulator.twilio.account.MessagingServices;
import dev.throughline.simulator.twilio.account.NumberDirectory;
import dev.throughline.simulator.twilio.account.VoiceResources;
import dev.throughline.simulator.twilio.call.CallResource;
import dev.throughline.simulator.twilio.call.StreamResource;
import dev.throughline.simulator.twilio.conference.ConferenceResource;
import dev.throughline.simulator.twilio.conference.ParticipantResource;
import dev.throughline.simulator.twilio.message.MessageResource;
import dev.throughline.simulator.twilio.recording.Recordings;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * Which path of the 2010 API goes to which resource. The first word of each is the one a REST fault may match.
 *
 * @param applications TwiML Apps
 */
record RestRoutes(
        MessageResource messages,
        CallResource calls,
        StreamResource streams,
        ConferenceResource conferences,
        ParticipantResource participants,
        Recordings recordings,
        NumberDirectory numbers,
        MessagingServices services,
        VoiceResources applications,
        VoiceResources sipDomains) {

    void addTo(RestApi api) {
        messages(api);
        calls(api);
        conferences(api);
        recordings(api);
        numbers(api);
        voiceResources(api, "applications", "/Applications", applications);
        voiceResources(api, "sip", "/SIP/Domains", sipDomains);
    }

    /** The Messaging API, at {@code messaging.twilio.com}. */
    void addMessagingTo(RestApi api) {
        String word = "messaging-services";
        api.getV1(word, "/v1/Services", c -> services.list());
        api.postV1(word, "/v1/Services", 201, c -> services.create(form(c)));
        api.getV1(word, "/v1/Services/:sid", c -> services.fetch(sid(c)));
        api.postV1(word, "/v1/Services/:sid", 200, c -> services.update(sid(c), form(c)));
        api.getV1(word, "/v1/Services/:sid/PhoneNumbers", c -> services.senders(sid(c)));
        api.postV1(word, "/v1/Services/:sid/PhoneNumbers", 201, c -> services.addSender(sid(c), form(c)));
    }

    private void messages(RestApi api) {
        api.post("messages", "/Messages.json", 201, c -> messages.create(form(c)));
        api.get("messages", "/Messages.json", c -> messages.list(c.queryParams()));
        api.get("messages", "/Messages/:sid.json", c -> messages.fetch(sid(c)));
        api.delete("messages", "/Messages/:sid.json", c -> messages.delete(sid(c)));
    }

    private void calls(RestApi api) {
        api.post("calls", "/Calls.json", 201, c -> calls.create(form(c)));
        api.get("calls", "/Calls.json", c -> calls.list(c.queryParams()));
        api.get("calls", "/Calls/:sid.json", c -> calls.fetch(sid(c)));
        api.post("calls", "/Calls/:sid.json", 200, c -> calls.update(sid(c), form(c)));
        api.post("streams", "/Calls/:sid/Streams.json", 201, c -> streams.create(sid(c), form(c)));
        api.post(
                "streams",
                "/Calls/:sid/Streams/:stream.json",
                200,
                c -> streams.update(sid(c), c.pathParam("stream"), form(c)));
    }

    private void conferences(RestApi api) {
        String people = "/Conferences/:sid/Participants.json";
        String person = "/Conferences/:sid/Participants/:who.json";
        api.get("conferences", "/Conferences.json", c -> conferences.list(c.queryParams()));
        api.get("conferences", "/Conferences/:sid.json", c -> conferences.fetch(sid(c)));
        api.post("conferences", "/Conferences/:sid.json", 200, c -> conferences.update(sid(c), form(c)));
        api.post("participants", people, 201, c -> participants.create(sid(c), form(c)));
        api.get("participants", people, c -> participants.list(sid(c), c.queryParams()));
        api.get("participants", person, c -> participants.fetch(sid(c), c.pathParam("who")));
        api.post("participants", person, 200, c -> participants.update(sid(c), c.pathParam("who"), form(c)));
        api.delete("participants", person, c -> participants.delete(sid(c), c.pathParam("who")));
        api.get(
                "recordings",
                "/Conferences/:sid/Recordings.json",
                c -> recordings.list(of(c.queryParams(), "ConferenceSid", sid(c))));
    }

    private void recordings(RestApi api) {
        api.get("recordings", "/Recordings.json", c -> recordings.list(c.queryParams()));
        api.get(
                "recordings",
                "/Calls/:sid/Recordings.json",
                c -> recordings.list(of(c.queryParams(), "CallSid", sid(c))));
        api.get("recordings", "/Recordings/:sid.json", c -> recordings.fetch(sid(c)));
        api.delete("recordings", "/Recordings/:sid.json", c -> recordings.delete(sid(c)));
        api.media("recordings", "/Recordings/:sid.wav", "audio/x-wav", c -> recordings.media(sid(c)));
        api.media("recordings", "/Recordings/:sid", "audio/x-wav", c -> recordings.media(sid(c)));
    }

    private void numbers(RestApi api) {
        String one = "/IncomingPhoneNumbers/:sid.json";
        api.post("numbers", "/IncomingPhoneNumbers.json", 201, c -> numbers.create(form(c)));
        api.get(
                "numbers",
                "/IncomingPhoneNumbers.json",
                c -> numbers.list(
                        c.queryParams().get("PhoneNumber"), c.queryParams().get("FriendlyName")));
        api.get("numbers", one, c -> numbers.fetch(sid(c)));
        api.post("numbers", one, 200, c -> numbers.update(sid(c), form(c)));
        api.delete("numbers", one, c -> numbers.delete(sid(c)));
    }

    private static void voiceResources(RestApi api, String name, String path, VoiceResources resources) {
        api.post(name, path + ".json", 201, c -> resources.create(form(c)));
        api.get(name, path + ".json", c -> resources.list(c.queryParams()));
        api.get(name, path + "/:sid.json", c -> resources.fetch(sid(c)));
        api.post(name, path + "/:sid.json", 200, c -> resources.update(sid(c), form(c)));
        api.delete(name, path + "/:sid.json", c -> resources.delete(sid(c)));
    }

    private static MultiMap form(RoutingContext context) {
        return context.request().formAttributes();
    }

    /** The query with the filter its path stands for. */
    private static MultiMap of(MultiMap query, String name, String value) {
        return MultiMap.caseInsensitiveMultiMap().addAll(query).set(name, value);
    }

    private static String sid(RoutingContext context) {
        return context.pathParam("sid");
    }
}

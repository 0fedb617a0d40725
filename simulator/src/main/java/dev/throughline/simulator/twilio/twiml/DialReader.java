package dev.throughline.simulator.twilio.twiml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads {@code <Dial>} and its nouns. Source: Twilio, <i>TwiML: Dial</i>, <i>Number</i>, <i>Client</i>, <i>Sip</i>, <i>Conference</i>. */
final class DialReader {

    private static final Set<String> CALL_EVENTS = Set.of("initiated", "ringing", "answered", "completed");
    private static final int MAX_LEGS = 10;

    private DialReader() {}

    static Verb read(TwimlElement dial) {
        List<DialNoun> nouns = new ArrayList<>();
        for (TwimlElement noun : dial.children()) {
            if (!Set.of("Number", "Client", "Sip", "Conference").contains(noun.name())) {
                return new Verb.NotSimulated("Dial/" + noun.name());
            }
            noun.check();
            nouns.add(noun.name().equals("Conference") ? conference(noun) : leg(noun));
        }
        if (nouns.isEmpty() && !dial.text().isEmpty()) {
            nouns.add(number(dial.text()));
        }
        if (nouns.size() > MAX_LEGS) {
            dial.warnings().add("<Dial> takes at most " + MAX_LEGS + " nouns");
        }
        return new Verb.Dial(
                dial.attribute("action"),
                dial.method("method"),
                dial.integer("timeout", 30),
                dial.integer("timeLimit", 14_400),
                dial.attribute("callerId"),
                dial.flag("hangupOnStar", false),
                dial.flag("answerOnBridge", false),
                dial.attribute("record", "do-not-record").startsWith("record-"),
                dial.attribute("recordingStatusCallback"),
                dial.method("recordingStatusCallbackMethod"),
                List.copyOf(nouns.subList(0, Math.min(nouns.size(), MAX_LEGS))));
    }

    private static DialNoun.Leg number(String number) {
        return new DialNoun.Leg(
                number, null, null, "POST", null, "POST", Set.of("completed"), null, null, "POST", Map.of());
    }

    private static DialNoun.Leg leg(TwimlElement noun) {
        String prefix = noun.name().equals("Client") ? "client:" : "";
        String address = noun.ownText();
        Map<String, String> parameters = new LinkedHashMap<>();
        for (TwimlElement child : noun.children()) {
            if (child.name().equals("Identity") && noun.name().equals("Client")) {
                address = child.text();
            } else if (child.name().equals("Parameter") && child.check() && child.has("name")) {
                parameters.put(child.attribute("name", ""), child.attribute("value", ""));
            } else {
                child.misplaced(noun.name());
            }
        }
        return new DialNoun.Leg(
                address.startsWith(prefix) ? address : prefix + address,
                noun.attribute("sendDigits"),
                noun.attribute("url"),
                noun.method("method"),
                noun.attribute("statusCallback"),
                noun.method("statusCallbackMethod"),
                noun.words("statusCallbackEvent", Set.of("completed"), CALL_EVENTS),
                noun.attribute("machineDetection"),
                noun.attribute("amdStatusCallback"),
                noun.method("amdStatusCallbackMethod"),
                Map.copyOf(parameters));
    }

    private static DialNoun.Conference conference(TwimlElement noun) {
        noun.oneOf("jitterBufferSize", "large", DialNoun.Conference.JITTER_BUFFERS);
        noun.oneOf("region", "us1", DialNoun.Conference.REGIONS);
        int max = noun.integer("maxParticipants", DialNoun.Conference.MAX_PARTICIPANTS);
        return new DialNoun.Conference(
                noun.text(),
                noun.flag("startConferenceOnEnter", true),
                noun.flag("endConferenceOnExit", false),
                noun.flag("muted", false),
                noun.oneOf("beep", "true", DialNoun.Conference.BEEPS),
                noun.attribute("participantLabel"),
                noun.has("waitUrl") ? noun.attribute("waitUrl", "") : null,
                noun.method("waitMethod"),
                Math.clamp(max, 1, DialNoun.Conference.MAX_PARTICIPANTS),
                noun.attribute("coach"),
                noun.oneOf("record", "do-not-record", Set.of("do-not-record", "record-from-start"))
                        .equals("record-from-start"),
                noun.attribute("recordingStatusCallback"),
                noun.method("recordingStatusCallbackMethod"),
                noun.attribute("statusCallback"),
                noun.method("statusCallbackMethod"),
                noun.words("statusCallbackEvent", Set.of("start", "end"), DialNoun.Conference.EVENTS));
    }
}

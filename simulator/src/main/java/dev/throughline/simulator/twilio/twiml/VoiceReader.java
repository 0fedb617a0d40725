package dev.throughline.simulator.twilio.twiml;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the verbs of a call, {@code <Dial>} apart. Source: Twilio, <i>TwiML for Programmable Voice</i>. */
final class VoiceReader {

    private static final int MAX_SAY_CHARACTERS = 4096;
    private static final String ANY_KEY = "1234567890*#";

    private VoiceReader() {}

    static @Nullable Verb say(TwimlElement element) {
        String text = element.text();
        if (text.isEmpty() || text.length() > MAX_SAY_CHARACTERS) {
            element.warnings().add("<Say> must hold 1 to " + MAX_SAY_CHARACTERS + " characters");
            return null;
        }
        return new Verb.Say(text, element.integer("loop", 1));
    }

    static Verb gather(TwimlElement element) {
        List<Verb> prompt = new ArrayList<>();
        for (TwimlElement child : element.children()) {
            Verb verb = prompt(child);
            if (verb != null) {
                prompt.add(verb);
            }
        }
        if (element.attribute("input", "dtmf").equals("speech")) {
            return new Verb.NotSimulated("Gather/speech");
        }
        return new Verb.Gather(
                element.attribute("action"),
                element.method("method"),
                element.integer("timeout", 5),
                element.integer("numDigits", Integer.MAX_VALUE),
                element.attribute("finishOnKey", "#"),
                element.flag("actionOnEmptyResult", false),
                List.copyOf(prompt));
    }

    private static @Nullable Verb prompt(TwimlElement child) {
        if (!Set.of("Say", "Play", "Pause").contains(child.name())) {
            child.misplaced("Gather");
            return null;
        }
        child.check();
        return switch (child.name()) {
            case "Say" -> say(child);
            case "Play" -> play(child);
            default -> pause(child);
        };
    }

    static Verb play(TwimlElement element) {
        String digits = element.attribute("digits");
        if (digits != null && !digits.matches("[0-9*#wWA-Da-d]+")) {
            element.warnings().add("attribute digits of <Play> takes 0-9, *, #, A-D and w");
            digits = null;
        }
        return new Verb.Play(element.text(), element.integer("loop", 1), digits);
    }

    static Verb pause(TwimlElement element) {
        return new Verb.Pause(element.integer("length", 1));
    }

    static Verb record(TwimlElement element) {
        return new Verb.Record(
                element.attribute("action"),
                element.method("method"),
                element.integer("timeout", 5),
                element.attribute("finishOnKey", ANY_KEY),
                element.integer("maxLength", 3_600),
                element.flag("playBeep", true),
                element.oneOf("trim", "trim-silence", Set.of("trim-silence", "do-not-trim"))
                        .equals("trim-silence"),
                element.attribute("recordingStatusCallback"),
                element.method("recordingStatusCallbackMethod"));
    }

    static @Nullable Verb connect(TwimlElement element) {
        for (TwimlElement noun : element.children()) {
            if (noun.name().equals("Stream")) {
                noun.check();
                return new Verb.Connect(element.attribute("action"), element.method("method"), stream(noun));
            }
            return new Verb.NotSimulated("Connect/" + noun.name());
        }
        element.warnings().add("<Connect> is empty");
        return null;
    }

    /** {@code <Start>} or {@code <Stop>}. */
    static @Nullable Verb fork(TwimlElement element) {
        boolean start = element.name().equals("Start");
        for (TwimlElement noun : element.children()) {
            if (noun.name().equals("Stream")) {
                noun.check();
                Verb.Stream stream = stream(noun);
                return start ? new Verb.StartStream(stream) : new Verb.StopStream(noun.attribute("name", ""));
            }
            return new Verb.NotSimulated(element.name() + "/" + noun.name());
        }
        element.warnings().add("<" + element.name() + "> is empty");
        return null;
    }

    private static Verb.Stream stream(TwimlElement element) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (TwimlElement child : element.children()) {
            if (child.name().equals("Parameter") && child.check() && child.has("name")) {
                parameters.put(
                        child.element().getAttribute("name"), child.element().getAttribute("value"));
            } else {
                child.misplaced("Stream");
            }
        }
        return new Verb.Stream(
                element.attribute("url"),
                element.attribute("name"),
                element.attribute("track"),
                element.attribute("statusCallback"),
                element.method("statusCallbackMethod"),
                parameters);
    }
}

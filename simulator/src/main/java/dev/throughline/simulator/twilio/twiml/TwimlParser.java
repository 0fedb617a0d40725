package dev.throughline.simulator.twilio.twiml;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads one document: {@link VoiceReader} and {@link DialReader} know the verbs. */
public final class TwimlParser {

    private TwimlParser() {}

    /** Reads {@code xml}; throws {@link TwimlException} with 12100 when it is not a TwiML document. */
    public static TwimlDocument parse(String xml) throws TwimlException {
        List<String> warnings = new ArrayList<>();
        TwimlElement root = new TwimlElement(root(xml), warnings);
        if (!root.name().equals("Response")) {
            throw new TwimlException(12100, "the root element is " + root.name() + ", not Response");
        }
        root.check();
        List<Verb> verbs = new ArrayList<>();
        for (TwimlElement child : root.children()) {
            Verb verb = verb(child);
            if (verb != null) {
                verbs.add(verb);
            }
        }
        return new TwimlDocument(List.copyOf(verbs), List.copyOf(warnings));
    }

    /**
     * Reads an answer by its content type as Twilio does: XML and HTML types as TwiML, {@code text/plain} as TwiML when it is
     * that and else as text to say (or to send back, for a text). Throws 12300 for every other type.
     */
    public static TwimlDocument parse(String contentType, String body, boolean voice) throws TwimlException {
        switch (contentType) {
            case "text/xml", "application/xml", "text/html" -> {
                return parse(body);
            }
            case "text/plain" -> {
                try {
                    return parse(body);
                } catch (TwimlException e) {
                    Verb spoken = voice
                            ? new Verb.Say(body, 1)
                            : new Verb.Message(body, List.of(), null, null, null, "POST", null);
                    return new TwimlDocument(List.of(spoken), List.of());
                }
            }
            default -> throw new TwimlException(12300, "content type " + contentType + " is not TwiML");
        }
    }

    private static @Nullable Verb verb(TwimlElement element) {
        if (TwimlSchema.NOT_SIMULATED.contains(element.name())) {
            return new Verb.NotSimulated(element.name());
        }
        if (!element.check()) {
            return null;
        }
        return switch (element.name()) {
            case "Say" -> VoiceReader.say(element);
            case "Play" -> VoiceReader.play(element);
            case "Pause" -> VoiceReader.pause(element);
            case "Reject" -> new Verb.Reject(element.oneOf("reason", "rejected", Set.of("rejected", "busy")));
            case "Hangup" -> new Verb.Hangup();
            case "Redirect" -> new Verb.Redirect(element.text(), element.method("method"));
            case "Gather" -> VoiceReader.gather(element);
            case "Record" -> VoiceReader.record(element);
            case "Dial" -> DialReader.read(element);
            case "Connect" -> VoiceReader.connect(element);
            case "Start", "Stop" -> VoiceReader.fork(element);
            case "Message" -> message(element);
            default -> {
                element.misplaced("Response");
                yield null;
            }
        };
    }

    private static Verb message(TwimlElement element) {
        StringBuilder body = new StringBuilder();
        List<String> media = new ArrayList<>();
        for (TwimlElement child : element.children()) {
            switch (child.name()) {
                case "Body" -> body.append(child.text());
                case "Media" -> media.add(child.text());
                default -> child.misplaced("Message");
            }
        }
        return new Verb.Message(
                element.children().isEmpty() ? element.text() : body.toString(),
                List.copyOf(media),
                element.attribute("to"),
                element.attribute("from"),
                element.attribute("action"),
                element.method("method"),
                element.attribute("statusCallback"));
    }

    private static Element root(String xml) throws TwimlException {
        try {
            return builder()
                    .parse(new InputSource(new StringReader(xml.strip())))
                    .getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new TwimlException(12100, "document parse failure");
        }
    }

    private static DocumentBuilder builder() {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setExpandEntityReferences(false);
            DocumentBuilder builder = factory.newDocumentBuilder();
            builder.setErrorHandler(null);
            return builder;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("every JDK has this parser", e);
        }
    }
}

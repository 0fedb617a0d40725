package dev.throughline.simulator.twilio.twiml;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Reads one document. Not reusable: it gathers the warnings of its document. */
public final class TwimlParser {

    private static final int MAX_SAY_CHARACTERS = 4096;

    private final List<String> warnings = new ArrayList<>();

    private TwimlParser() {}

    /** Reads {@code xml}; throws {@link TwimlException} with 12100 when it is not a TwiML document. */
    public static TwimlDocument parse(String xml) throws TwimlException {
        return new TwimlParser().document(xml);
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

    private TwimlDocument document(String xml) throws TwimlException {
        Element root;
        try {
            root = builder()
                    .parse(new InputSource(new StringReader(xml.strip())))
                    .getDocumentElement();
        } catch (SAXException | IOException e) {
            throw new TwimlException(12100, "document parse failure");
        }
        if (!root.getTagName().equals("Response")) {
            throw new TwimlException(12100, "the root element is " + root.getTagName() + ", not Response");
        }
        check(root);
        List<Verb> verbs = new ArrayList<>();
        for (Element child : elements(root)) {
            Verb verb = verb(child);
            if (verb != null) {
                verbs.add(verb);
            }
        }
        return new TwimlDocument(List.copyOf(verbs), List.copyOf(warnings));
    }

    private @Nullable Verb verb(Element element) {
        String name = element.getTagName();
        if (TwimlSchema.NOT_SIMULATED.contains(name)) {
            return new Verb.NotSimulated(name);
        }
        if (!check(element)) {
            return null;
        }
        return switch (name) {
            case "Say" -> say(element);
            case "Play" -> new Verb.Play(text(element), integer(element, "loop", 1));
            case "Pause" -> new Verb.Pause(integer(element, "length", 1));
            case "Reject" -> new Verb.Reject(oneOf(element, "reason", "rejected", Set.of("rejected", "busy")));
            case "Hangup" -> new Verb.Hangup();
            case "Redirect" -> new Verb.Redirect(text(element), method(element, "method"));
            case "Gather" -> gather(element);
            case "Dial" -> dial(element);
            case "Connect" -> connect(element);
            case "Message" -> message(element);
            default -> unknown(element, "Response");
        };
    }

    private @Nullable Verb unknown(Element element, String parent) {
        warnings.add("<" + element.getTagName() + "> is not allowed in <" + parent + ">");
        return null;
    }

    private @Nullable Verb say(Element element) {
        String text = text(element);
        if (text.isEmpty() || text.length() > MAX_SAY_CHARACTERS) {
            warnings.add("<Say> must hold 1 to " + MAX_SAY_CHARACTERS + " characters");
            return null;
        }
        return new Verb.Say(text, integer(element, "loop", 1));
    }

    private Verb gather(Element element) {
        List<Verb> prompt = new ArrayList<>();
        for (Element child : elements(element)) {
            if (!Set.of("Say", "Play", "Pause").contains(child.getTagName())) {
                unknown(child, "Gather");
                continue;
            }
            Verb verb = verb(child);
            if (verb != null) {
                prompt.add(verb);
            }
        }
        return new Verb.Gather(
                attribute(element, "action"),
                method(element, "method"),
                integer(element, "timeout", 5),
                integer(element, "numDigits", Integer.MAX_VALUE),
                element.hasAttribute("finishOnKey") ? element.getAttribute("finishOnKey") : "#",
                Boolean.parseBoolean(element.getAttribute("actionOnEmptyResult")),
                List.copyOf(prompt));
    }

    private Verb dial(Element element) {
        List<Element> nouns = elements(element);
        String number = text(element);
        for (Element noun : nouns) {
            if (!noun.getTagName().equals("Number")) {
                return new Verb.NotSimulated("Dial/" + noun.getTagName());
            }
            check(noun);
            number = text(noun);
        }
        return new Verb.Dial(
                attribute(element, "action"), method(element, "method"), number, integer(element, "timeout", 30));
    }

    private @Nullable Verb connect(Element element) {
        for (Element noun : elements(element)) {
            if (noun.getTagName().equals("Stream")) {
                check(noun);
                return new Verb.Connect(attribute(element, "action"), method(element, "method"), stream(noun));
            }
            return new Verb.NotSimulated("Connect/" + noun.getTagName());
        }
        warnings.add("<Connect> is empty");
        return null;
    }

    private Verb.Stream stream(Element element) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (Element child : elements(element)) {
            if (child.getTagName().equals("Parameter") && check(child) && child.hasAttribute("name")) {
                parameters.put(child.getAttribute("name"), child.getAttribute("value"));
            } else {
                unknown(child, "Stream");
            }
        }
        return new Verb.Stream(
                attribute(element, "url"),
                attribute(element, "name"),
                attribute(element, "track"),
                attribute(element, "statusCallback"),
                method(element, "statusCallbackMethod"),
                parameters);
    }

    private Verb message(Element element) {
        StringBuilder body = new StringBuilder();
        List<String> media = new ArrayList<>();
        for (Element child : elements(element)) {
            switch (child.getTagName()) {
                case "Body" -> body.append(text(child));
                case "Media" -> media.add(text(child));
                default -> unknown(child, "Message");
            }
        }
        return new Verb.Message(
                body.isEmpty() && elements(element).isEmpty() ? text(element) : body.toString(),
                List.copyOf(media),
                attribute(element, "to"),
                attribute(element, "from"),
                attribute(element, "action"),
                method(element, "method"),
                attribute(element, "statusCallback"));
    }

    /** Warns of attributes outside the schema; false when the element itself is. */
    private boolean check(Element element) {
        Set<String> known = TwimlSchema.ATTRIBUTES.get(element.getTagName());
        if (known == null) {
            Node parent = element.getParentNode();
            unknown(element, parent == null ? "" : parent.getNodeName());
            return false;
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String name = attributes.item(i).getNodeName();
            if (!known.contains(name) && !name.startsWith("xml")) {
                warnings.add("attribute " + name + " is not allowed in <" + element.getTagName() + ">");
            }
        }
        return true;
    }

    private String method(Element element, String name) {
        return oneOf(element, name, "POST", Set.of("GET", "POST"));
    }

    private String oneOf(Element element, String name, String fallback, Set<String> allowed) {
        if (!element.hasAttribute(name)) {
            return fallback;
        }
        String value = element.getAttribute(name);
        for (String each : allowed) {
            if (each.equals(value) || each.toLowerCase(Locale.ROOT).equals(value)) {
                return each;
            }
        }
        warnings.add("attribute " + name + " of <" + element.getTagName() + "> must be one of " + allowed);
        return fallback;
    }

    private int integer(Element element, String name, int fallback) {
        if (!element.hasAttribute(name)) {
            return fallback;
        }
        String value = element.getAttribute(name);
        if (value.matches("\\d{1,6}")) {
            return Integer.parseInt(value);
        }
        warnings.add("attribute " + name + " of <" + element.getTagName() + "> must be a number");
        return fallback;
    }

    private static @Nullable String attribute(Element element, String name) {
        String value = element.getAttribute(name).strip();
        return value.isEmpty() ? null : value;
    }

    private static String text(Element element) {
        return element.getTextContent().strip();
    }

    private static List<Element> elements(Element parent) {
        List<Element> children = new ArrayList<>();
        for (Node child = parent.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element element) {
                children.add(element);
            }
        }
        return children;
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

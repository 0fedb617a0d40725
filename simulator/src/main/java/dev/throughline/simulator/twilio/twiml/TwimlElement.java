package dev.throughline.simulator.twilio.twiml;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;

/** One element of a document. What it holds against Twilio's schema goes to the document's warnings. */
record TwimlElement(Element element, List<String> warnings) {

    String name() {
        return element.getTagName();
    }

    /** Warns of attributes outside the schema; false when the element itself is. */
    boolean check() {
        Set<String> known = TwimlSchema.ATTRIBUTES.get(name());
        if (known == null) {
            Node parent = element.getParentNode();
            misplaced(parent == null ? "" : parent.getNodeName());
            return false;
        }
        NamedNodeMap attributes = element.getAttributes();
        for (int i = 0; i < attributes.getLength(); i++) {
            String attribute = attributes.item(i).getNodeName();
            if (!known.contains(attribute) && !attribute.startsWith("xml")) {
                warnings.add("attribute " + attribute + " is not allowed in <" + name() + ">");
            }
        }
        return true;
    }

    void misplaced(String parent) {
        warnings.add("<" + name() + "> is not allowed in <" + parent + ">");
    }

    boolean has(String attribute) {
        return element.hasAttribute(attribute);
    }

    /** The value without white space around it; null when absent or empty. */
    @Nullable String attribute(String attribute) {
        String value = element.getAttribute(attribute).strip();
        return value.isEmpty() ? null : value;
    }

    String attribute(String attribute, String fallback) {
        return element.hasAttribute(attribute) ? element.getAttribute(attribute).strip() : fallback;
    }

    String method(String attribute) {
        return oneOf(attribute, "POST", Set.of("GET", "POST"));
    }

    boolean flag(String attribute, boolean fallback) {
        return Boolean.parseBoolean(oneOf(attribute, String.valueOf(fallback), Set.of("true", "false")));
    }

    String oneOf(String attribute, String fallback, Set<String> allowed) {
        if (!element.hasAttribute(attribute)) {
            return fallback;
        }
        String value = element.getAttribute(attribute);
        for (String each : allowed) {
            if (each.equals(value) || each.toLowerCase(Locale.ROOT).equals(value)) {
                return each;
            }
        }
        warnings.add("attribute " + attribute + " of <" + name() + "> must be one of " + new TreeSet<>(allowed));
        return fallback;
    }

    /** Words with spaces between them; those outside {@code allowed} are left out with a warning. */
    Set<String> words(String attribute, Set<String> fallback, Set<String> allowed) {
        String value = attribute(attribute);
        if (value == null) {
            return fallback;
        }
        Set<String> words = new TreeSet<>(Arrays.asList(value.split("\\s+")));
        if (words.retainAll(allowed)) {
            warnings.add("attribute " + attribute + " of <" + name() + "> takes " + new TreeSet<>(allowed));
        }
        return Set.copyOf(words);
    }

    int integer(String attribute, int fallback) {
        if (!element.hasAttribute(attribute)) {
            return fallback;
        }
        String value = element.getAttribute(attribute);
        if (value.matches("\\d{1,6}")) {
            return Integer.parseInt(value);
        }
        warnings.add("attribute " + attribute + " of <" + name() + "> must be a number");
        return fallback;
    }

    String text() {
        return element.getTextContent().strip();
    }

    /** The text directly inside, without that of children. */
    String ownText() {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return text.toString().strip();
    }

    List<TwimlElement> children() {
        List<TwimlElement> children = new ArrayList<>();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element each) {
                children.add(new TwimlElement(each, warnings));
            }
        }
        return children;
    }
}

package dev.throughline.events.tenant;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The words of a follow-up with its placeholders: <code>{name}</code>, or <code>{name|there}</code> with what stands in its place where
 * the name is not known. Pure.
 */
public final class FollowUpText {

    /** What a text about a call can say. */
    public static final Set<String> ABOUT_A_CALL = Set.of("name", "business");

    /** What a text about an appointment can say; {@code time} is the appointment's, in the tenant's zone and language. */
    public static final Set<String> ABOUT_AN_APPOINTMENT = Set.of("name", "business", "service", "staff", "time");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)(?:\\|([^{}|]*))?}");

    private FollowUpText() {}

    /**
     * What is wrong with a template, as the end of a sentence that begins with its name; empty when it can be used.
     *
     * @param known the names of the placeholders it may have
     */
    public static Optional<String> problemWith(String template, Set<String> known) {
        Set<String> unknown = new TreeSet<>();
        PLACEHOLDER.matcher(template).results().forEach(found -> {
            if (!known.contains(found.group(1))) {
                unknown.add("{" + found.group(1) + "}");
            }
        });
        String names = "{" + String.join("}, {", new TreeSet<>(known)) + "}";
        if (!unknown.isEmpty()) {
            return Optional.of("has " + String.join(", ", unknown) + ": its placeholders are " + names);
        }
        String rest = PLACEHOLDER.matcher(template).replaceAll("");
        return rest.indexOf('{') >= 0 || rest.indexOf('}') >= 0
                ? Optional.of("has a brace that belongs to no placeholder: its placeholders are " + names
                        + ", each also as {name|otherwise}")
                : Optional.empty();
    }

    /**
     * The words. Where nothing is known for a placeholder, what stands after its bar is taken, else nothing, and the space before a
     * comma or a full stop goes with it.
     *
     * @param values by placeholder
     */
    public static String render(String template, Map<String, String> values) {
        boolean gap = false;
        StringBuilder words = new StringBuilder();
        Matcher matcher = PLACEHOLDER.matcher(template);
        while (matcher.find()) {
            String otherwise = matcher.group(2) == null ? "" : matcher.group(2);
            String value = values.getOrDefault(matcher.group(1), "");
            String word = value.isBlank() ? otherwise : value;
            gap |= word.isBlank();
            matcher.appendReplacement(words, Matcher.quoteReplacement(word));
        }
        matcher.appendTail(words);
        String rendered = words.toString();
        return gap ? rendered.replaceAll(" +(?=[ ,.;:!?])", "").strip() : rendered.strip();
    }
}

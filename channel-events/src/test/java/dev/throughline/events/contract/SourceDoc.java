package dev.throughline.events.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the Javadoc of a record says, so that the published description is the one the code carries.
 *
 * @param text the description; empty when there is none
 * @param components by component
 */
record SourceDoc(String text, Map<String, String> components) {

    private static final Path SOURCES = Path.of("src/main/java");
    private static final String COMMENT = "/\\*\\*((?:(?!\\*/).)*)\\*/\\s*(?:@\\w+\\s+)*(?:public |private )?record ";

    static SourceDoc of(Class<?> type) {
        Class<?> outer = type.getNestHost();
        Path file = SOURCES.resolve(outer.getName().replace('.', '/') + ".java");
        if (Files.notExists(file)) {
            return new SourceDoc("", Map.of());
        }
        try {
            Matcher found = Pattern.compile(COMMENT + type.getSimpleName() + "\\b", Pattern.DOTALL)
                    .matcher(Files.readString(file));
            return found.find() ? parsed(found.group(1)) : new SourceDoc("", Map.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SourceDoc parsed(String comment) {
        String plain = comment.replaceAll("(?m)^\\s*\\*", "")
                .replaceAll("\\{@(?:code|link|linkplain) #?([^}]*)}", "$1")
                .replaceAll("<[^>]+>", "");
        String[] parts = plain.split("(?m)^\\s*@param ");
        Map<String, String> components = new HashMap<>();
        for (int i = 1; i < parts.length; i++) {
            String[] named = parts[i].strip().split("\\s+", 2);
            components.put(named[0], named.length > 1 ? line(named[1]) : "");
        }
        return new SourceDoc(line(parts[0]), components);
    }

    private static String line(String text) {
        return text.replaceAll("(?s)\\n\\s*@\\w+ .*", "")
                .replaceAll("\\s+", " ")
                .strip();
    }

    Optional<String> summary() {
        return Optional.of(text).filter(known -> !known.isEmpty());
    }

    Optional<String> of(String component) {
        return Optional.ofNullable(components.get(component)).filter(known -> !known.isEmpty());
    }
}

package dev.throughline.localstack.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.parts.ServiceModule;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Every endpoint of the suite, from the descriptions the services' builds left, and the sockets and pages no description lists. */
final class Doors {

    /**
     * One operation.
     *
     * @param contentType of the body it takes; null when it takes none
     */
    record Door(String method, String path, @Nullable String contentType) {

        boolean takesBody() {
            return contentType != null;
        }
    }

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)[^}]*}");
    private static final List<Door> UNDESCRIBED = List.of(
            new Door("GET", "/media-stream", null),
            new Door("GET", "/media-stream/x", null),
            new Door("GET", "/api/twilio/media-stream", null),
            new Door("GET", "/q/metrics", null),
            new Door("GET", "/q/health", null),
            new Door("GET", "/q/openapi", null));

    private Doors() {}

    /**
     * All doors, their paths filled in.
     *
     * @param values by the name of a path's parameter; a parameter it does not name becomes {@code x}
     */
    static List<Door> all(Path root, Map<String, String> values) throws IOException {
        List<Door> doors = new ArrayList<>(UNDESCRIBED);
        for (ServiceModule service : ServiceModule.values()) {
            Path description = root.resolve(service.module()).resolve("src/main/resources/openapi.json");
            if (service == ServiceModule.MEDIA_BRIDGE && !description.toFile().exists()) {
                continue;
            }
            new ObjectMapper()
                    .readTree(description.toFile())
                    .path("paths")
                    .properties()
                    .forEach(path -> path.getValue()
                            .properties()
                            .forEach(operation -> doors.add(
                                    door(operation.getKey(), filled(path.getKey(), values), operation.getValue()))));
        }
        return doors;
    }

    private static Door door(String method, String path, JsonNode operation) {
        Iterator<String> types = operation.path("requestBody").path("content").fieldNames();
        return new Door(method.toUpperCase(Locale.ROOT), path, types.hasNext() ? types.next() : null);
    }

    private static String filled(String path, Map<String, String> values) {
        return PARAMETER.matcher(path).replaceAll(found -> values.getOrDefault(found.group(1), "x"));
    }
}

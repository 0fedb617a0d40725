package dev.throughline.localstack.front;

/**
 * One line of the route table.
 *
 * @param path the raw path, starting with a slash and, except for the root, not ending with one
 * @param match how it is compared
 * @param service the service that answers, by module name
 */
public record Route(String path, Match match, String service) {

    /** How a path is compared; the names are those of the table. */
    public enum Match {
        EXACT,
        PREFIX
    }

    public Route {
        if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
            throw new IllegalArgumentException("a route's path starts with a slash and does not end with one: " + path);
        }
        if (service.isBlank()) {
            throw new IllegalArgumentException("the route of " + path + " names no service");
        }
    }

    /** Whether {@code rawPath} is this route's: a prefix covers whole segments, so {@code /api/leads} is not {@code /api/leadsx}. */
    boolean covers(String rawPath) {
        return switch (match) {
            case EXACT -> rawPath.equals(path);
            case PREFIX -> path.equals("/") || rawPath.equals(path) || rawPath.startsWith(path + "/");
        };
    }
}

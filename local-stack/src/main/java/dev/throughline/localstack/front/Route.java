package dev.throughline.localstack.front;

import org.jspecify.annotations.Nullable;

/**
 * One line of the route table.
 *
 * @param path the raw path, starting with a slash and, except for the root, not ending with one
 * @param match how it is compared
 * @param service the service that answers, by module name
 * @param from who asks for it; null in the table stands for people
 */
public record Route(
        String path, Match match, String service, @Nullable Origin from) {

    /** How a path is compared; the names are those of the table. */
    public enum Match {
        EXACT,
        PREFIX
    }

    /** Who asks; the names are those of the table. */
    public enum Origin {
        /** Somebody with a browser or a system of a tenant's, each from addresses of their own. */
        PEOPLE,
        /** Twilio and ElevenLabs: thousands of customers' events from a few addresses, which no limit per address may stop. */
        PROVIDERS
    }

    public Route {
        if (!path.startsWith("/") || (path.length() > 1 && path.endsWith("/"))) {
            throw new IllegalArgumentException("a route's path starts with a slash and does not end with one: " + path);
        }
        if (service.isBlank()) {
            throw new IllegalArgumentException("the route of " + path + " names no service");
        }
        from = from == null ? Origin.PEOPLE : from;
    }

    /** A route for people. */
    public Route(String path, Match match, String service) {
        this(path, match, service, Origin.PEOPLE);
    }

    /** Whether the providers ask for it. */
    public boolean isForProviders() {
        return from == Origin.PROVIDERS;
    }

    /** Whether {@code rawPath} is this route's: a prefix covers whole segments, so {@code /api/leads} is not {@code /api/leadsx}. */
    boolean covers(String rawPath) {
        return switch (match) {
            case EXACT -> rawPath.equals(path);
            case PREFIX -> path.equals("/") || rawPath.equals(path) || rawPath.startsWith(path + "/");
        };
    }
}

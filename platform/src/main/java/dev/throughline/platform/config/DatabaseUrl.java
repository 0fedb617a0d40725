package dev.throughline.platform.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * {@code DATABASE_URL}, e.g. {@code postgresql://user:password@host:5432/database?sslmode=require}. User and password may be
 * percent-encoded. Its {@link #toString()} hides the password.
 *
 * @param query raw, empty when there is none
 */
public record DatabaseUrl(String host, int port, String database, String user, String password, String query) {

    private static final int DEFAULT_PORT = 5432;

    /** What makes {@code url} unusable, as the end of a sentence that begins with the variable's name; empty when it is fine. */
    public static Optional<String> problemWith(String url) {
        try {
            parse(url);
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.ofNullable(e.getMessage());
        }
    }

    /** @throws IllegalArgumentException with the end of a sentence that begins with the variable's name */
    public static DatabaseUrl parse(String url) {
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException e) {
            throw malformed("is not a URL");
        }
        if (!"postgresql".equals(uri.getScheme()) && !"postgres".equals(uri.getScheme())) {
            throw malformed("must begin with postgresql://");
        }
        String path = uri.getRawPath();
        if (uri.getHost() == null || path == null || path.length() < 2) {
            throw malformed("needs a host and a database");
        }
        String[] credentials = uri.getRawUserInfo() == null
                ? new String[0]
                : uri.getRawUserInfo().split(":", 2);
        return new DatabaseUrl(
                uri.getHost(),
                uri.getPort() > 0 ? uri.getPort() : DEFAULT_PORT,
                decode(path.substring(1)),
                credentials.length > 0 ? decode(credentials[0]) : "",
                credentials.length > 1 ? decode(credentials[1]) : "",
                uri.getRawQuery() == null ? "" : uri.getRawQuery());
    }

    /** For the reactive client. */
    public String reactiveUrl() {
        return "postgresql://" + location();
    }

    /** For Flyway. */
    public String jdbcUrl() {
        return "jdbc:postgresql://" + location();
    }

    private String location() {
        return host + ":" + port + "/" + database + (query.isEmpty() ? "" : "?" + query);
    }

    private static IllegalArgumentException malformed(String problem) {
        return new IllegalArgumentException(problem + ": use the form postgresql://user:password@host:5432/database");
    }

    private static String decode(String text) {
        // A plus is a plus here, unlike in a form.
        return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return "postgresql://" + user + ":***@" + location();
    }
}

package dev.throughline.platform.twilio;

import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * The address under which providers reach us: {@code APP_BASE_URL} (or its alias {@code WEBHOOK_BASE_URL}). What a provider signs is
 * this address followed by the raw path and the raw query of the request; the Host header and forwarded headers are never used,
 * because anybody can send them.
 */
@Singleton
public final class PublicUrl {

    private static final String REPEAT = "#rc=3&rp=ct,5xx";

    private final String base;

    @Inject
    PublicUrl(
            @ConfigProperty(name = "app.base.url") Optional<String> appBaseUrl,
            @ConfigProperty(name = "webhook.base.url") Optional<String> webhookBaseUrl) {
        this(
                appBaseUrl
                        .or(() -> webhookBaseUrl)
                        .orElseThrow(
                                () -> new IllegalArgumentException(
                                        "APP_BASE_URL is not set: give the public address of this installation, e.g. https://voice.example.com")));
    }

    /**
     * @param base absolute http(s) URL, with a path prefix if an ingress strips one; a slash at its end is dropped
     * @throws IllegalArgumentException naming what is wrong with it
     */
    public PublicUrl(String base) {
        problemWith(base).ifPresent(problem -> {
            throw new IllegalArgumentException("APP_BASE_URL " + problem);
        });
        this.base = base.endsWith("/") ? base.substring(0, base.length() - 1) : base;
    }

    /** What makes {@code base} unusable, as the end of a sentence that begins with the variable's name; empty when it is fine. */
    public static Optional<String> problemWith(String base) {
        URI uri;
        try {
            uri = new URI(base);
        } catch (URISyntaxException e) {
            return Optional.of("is not a URL: use the form https://voice.example.com");
        }
        if (!"https".equals(uri.getScheme()) && !"http".equals(uri.getScheme())) {
            return Optional.of("must begin with https:// (or http:// on one machine)");
        }
        if (uri.getHost() == null) {
            return Optional.of("names no host: use the form https://voice.example.com");
        }
        if (uri.getRawQuery() != null || uri.getRawFragment() != null || uri.getRawUserInfo() != null) {
            return Optional.of("must not carry a query, a fragment or a user");
        }
        return Optional.empty();
    }

    /** The base without a slash at its end. */
    public String base() {
        return base;
    }

    /** The host name, without port. */
    public String host() {
        return URI.create(base).getHost();
    }

    /**
     * The public URL of a path.
     *
     * @param rawPathAndQuery begins with a slash; already encoded
     */
    public String of(String rawPathAndQuery) {
        return base + rawPathAndQuery;
    }

    /**
     * As {@link #of(String)}, for a report that Twilio is to repeat, within the 15 s it gives one, where nobody took it: by itself it repeats
     * none that was answered 5xx. The fragment is for Twilio alone; it is neither sent nor signed (Twilio, <i>Webhooks connection
     * overrides</i>).
     */
    public String repeated(String rawPathAndQuery) {
        return of(rawPathAndQuery) + REPEAT;
    }

    /** As {@link #of(String)} with the path and query apart; {@code rawQuery} null when there is none. */
    public String of(String rawPath, @Nullable String rawQuery) {
        return rawQuery == null ? base + rawPath : base + rawPath + "?" + rawQuery;
    }

    /** The public URL of a socket: {@code https} becomes {@code wss}, {@code http} becomes {@code ws}. */
    public String socket(String rawPathAndQuery) {
        return "ws" + base.substring("http".length()) + rawPathAndQuery;
    }

    /** The public URL this request was sent to. */
    public String of(HttpServerRequest request) {
        return of(rawTarget(request));
    }

    /** The public socket URL this upgrade was sent to. */
    public String socketOf(HttpServerRequest request) {
        return socket(rawTarget(request));
    }

    /** Path and query as they were sent. */
    static String rawTarget(HttpServerRequest request) {
        String target = request.uri();
        // A proxy may send the absolute form (RFC 9112 §3.2.2); only its path and query are ours to use.
        int scheme = target.startsWith("/") ? -1 : target.indexOf("://");
        if (scheme < 0) {
            return target;
        }
        int path = target.indexOf('/', scheme + 3);
        return path < 0 ? "/" : target.substring(path);
    }
}

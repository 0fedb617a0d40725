package dev.throughline.mediabridge.listen;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Whether a socket is asked for by a page of ours: a browser sends its cookies with a socket of any site's page, and nothing but {@code Origin}
 * tells where the page came from (RFC 6455 §10.2).
 */
final class OwnPages {

    private final @Nullable String publicAuthority;

    /** @param publicUrl the address of this installation */
    OwnPages(String publicUrl) {
        this.publicAuthority = authority(publicUrl);
    }

    /**
     * Whether the page is one of the host that was asked or of the public address. Without an origin it is no browser, and then only a
     * token in a header counts, which no page can be tricked into sending.
     */
    boolean mayAsk(HttpServerRequest request) {
        return mayAsk(
                request.getHeader(HttpHeaders.ORIGIN),
                request.getHeader(HttpHeaders.HOST),
                request.getHeader(HttpHeaders.AUTHORIZATION) != null);
    }

    boolean mayAsk(@Nullable String origin, @Nullable String host, boolean bearer) {
        if (origin == null) {
            return bearer;
        }
        String from = authority(origin);
        return from != null && (from.equalsIgnoreCase(host) || from.equalsIgnoreCase(publicAuthority));
    }

    private static @Nullable String authority(String url) {
        try {
            return URI.create(url).getRawAuthority();
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}

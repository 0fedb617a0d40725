package dev.throughline.localstack.front;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Which headers cross the front, and what it says about the outside. Hop-by-hop headers (RFC 9110 §7.6.1) end here; {@code X-Forwarded-*}
 * and {@code Forwarded} from outside are replaced, because only the front knows who called it.
 */
final class ForwardedHeaders {

    private static final Set<String> HOP_BY_HOP = Set.of(
            "connection",
            "keep-alive",
            "proxy-connection",
            "proxy-authenticate",
            "proxy-authorization",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private final URI publicBase;

    ForwardedHeaders(URI publicBase) {
        this.publicBase = publicBase;
    }

    /** Copies what a request may carry to the service. */
    void copyRequest(HttpServerRequest from, MultiMap to) {
        List<String> named = connectionTokens(from.headers());
        from.headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            boolean forwarded = name.startsWith("x-forwarded-") || name.equals("forwarded");
            if (!HOP_BY_HOP.contains(name) && !named.contains(name) && !forwarded && !name.equals("host")) {
                to.add(header.getKey(), header.getValue());
            }
        });
        String host = from.getHeader("host");
        to.set("X-Forwarded-For", from.remoteAddress().hostAddress());
        to.set("X-Forwarded-Proto", scheme(host));
        if (host != null) {
            to.set("Host", host);
            to.set("X-Forwarded-Host", host);
        }
    }

    /** Copies what an answer may carry back. */
    static void copyResponse(MultiMap from, MultiMap to) {
        List<String> named = connectionTokens(from);
        from.forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (!HOP_BY_HOP.contains(name) && !named.contains(name)) {
                to.add(header.getKey(), header.getValue());
            }
        });
    }

    /**
     * The scheme the caller used. The providers speak TLS to the public address and the front stands where the TLS has ended, so a
     * request for that host came by the public scheme; any other came to the port itself.
     */
    private String scheme(String host) {
        boolean isPublic = host != null && host.equalsIgnoreCase(publicBase.getRawAuthority());
        return isPublic ? publicBase.getScheme() : "http";
    }

    private static List<String> connectionTokens(MultiMap headers) {
        return headers.getAll("connection").stream()
                .flatMap(value -> List.of(value.split(",")).stream())
                .map(token -> token.strip().toLowerCase(Locale.ROOT))
                .toList();
    }
}

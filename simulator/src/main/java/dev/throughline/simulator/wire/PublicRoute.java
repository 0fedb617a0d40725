package dev.throughline.simulator.wire;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Maps a public URL, which is what providers sign, to the address really dialled. A URL under {@code publicBaseUrl} goes to
 * {@code connectTo} in clear (as behind an ingress that ends TLS) and keeps its path, its query and the public host in the Host
 * header; every other URL is dialled as it stands.
 *
 * @param publicBaseUrl such as {@code https://voice.example.test}, without a slash at the end; null maps nothing
 * @param connectTo such as {@code http://127.0.0.1:8080}; null maps nothing
 */
public record PublicRoute(
        @Nullable String publicBaseUrl, @Nullable String connectTo) {

    /** A route from configuration values; blank means not given. Malformed URLs throw {@link IllegalArgumentException}. */
    public static PublicRoute of(@Nullable String publicBaseUrl, @Nullable String connectTo) {
        return new PublicRoute(tidy(publicBaseUrl), tidy(connectTo));
    }

    /** A route that dials every URL as written. */
    public static PublicRoute direct() {
        return new PublicRoute(null, null);
    }

    /**
     * Options for a request to {@code url} ({@code http} or {@code https}; a fragment and user info are not sent).
     *
     * @throws IllegalArgumentException when the URL is not absolute or has another scheme
     */
    public RequestOptions request(HttpMethod method, String url) {
        return fill(new RequestOptions(), url).setMethod(method);
    }

    /** Options for a WebSocket to {@code url} ({@code ws} or {@code wss}), with the same rules as {@link #request}. */
    public WebSocketConnectOptions webSocket(String url) {
        WebSocketConnectOptions options = new WebSocketConnectOptions();
        fill(options, url);
        SocketAddress server = options.getServer();
        if (server != null) {
            // Vert.x's WebSocket client dials host and port and knows no server address; the Host header stays public.
            options.setHost(server.host()).setPort(server.port()).setServer(null);
        }
        return options;
    }

    private RequestOptions fill(RequestOptions options, String url) {
        URI uri = URI.create(url);
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("not an absolute URL");
        }
        boolean secure = secure(uri);
        int port = uri.getPort() >= 0 ? uri.getPort() : secure ? 443 : 80;
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        options.setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        options.setHost(uri.getHost()).setPort(port).setSsl(secure);
        options.putHeader("Host", uri.getPort() >= 0 ? uri.getHost() + ":" + uri.getPort() : uri.getHost());
        if (isPublic(uri, port) && connectTo != null) {
            URI target = URI.create(connectTo);
            boolean targetSecure = secure(target);
            int targetPort = target.getPort() >= 0 ? target.getPort() : targetSecure ? 443 : 80;
            options.setServer(SocketAddress.inetSocketAddress(targetPort, target.getHost()))
                    .setSsl(targetSecure);
        }
        return options;
    }

    private boolean isPublic(URI uri, int port) {
        if (publicBaseUrl == null) {
            return false;
        }
        URI base = URI.create(publicBaseUrl);
        int basePort = base.getPort() >= 0 ? base.getPort() : secure(base) ? 443 : 80;
        String basePath = base.getRawPath() == null ? "" : base.getRawPath();
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return base.getHost().equalsIgnoreCase(uri.getHost())
                && basePort == port
                && secure(base) == secure(uri)
                && path.startsWith(basePath);
    }

    private static boolean secure(URI uri) {
        return switch (uri.getScheme().toLowerCase(Locale.ROOT)) {
            case "https", "wss" -> true;
            case "http", "ws" -> false;
            default -> throw new IllegalArgumentException("unsupported scheme " + uri.getScheme());
        };
    }

    private static @Nullable String tidy(@Nullable String url) {
        if (url == null || url.isBlank()) {
            return null;
        }
        String stripped = url.strip().replaceAll("/+$", "");
        URI uri = URI.create(stripped);
        if (uri.getScheme() == null || uri.getHost() == null) {
            throw new IllegalArgumentException("not an absolute URL: " + stripped);
        }
        return stripped;
    }
}

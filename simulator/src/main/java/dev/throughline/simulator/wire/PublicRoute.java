package dev.throughline.simulator.wire;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.net.SocketAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Maps public URLs, which are what providers sign, to the addresses really dialled. A URL under a known public address is dialled
 * in clear (as behind an ingress that ends TLS) and keeps its path, its query and the public host in the Host header; every other
 * URL is dialled as it stands.
 *
 * @param detours where URLs under public addresses go; the first that fits counts
 */
public record PublicRoute(List<Detour> detours) {

    /**
     * One public address.
     *
     * @param publicBaseUrl such as {@code https://voice.example.test}, without a slash at the end
     * @param connectTo such as {@code http://127.0.0.1:8080}
     */
    public record Detour(String publicBaseUrl, String connectTo) {}

    /** A copy nobody changes. */
    public PublicRoute {
        detours = List.copyOf(detours);
    }

    /**
     * A route from configuration values; blank means not given, and maps nothing. Malformed URLs throw {@link
     * IllegalArgumentException}.
     */
    public static PublicRoute of(@Nullable String publicBaseUrl, @Nullable String connectTo) {
        return direct().and(publicBaseUrl, connectTo);
    }

    /** The same with one more public address, with the rules of {@link #of}. */
    public PublicRoute and(@Nullable String publicBaseUrl, @Nullable String connectTo) {
        String base = tidy(publicBaseUrl);
        String target = tidy(connectTo);
        if (base == null || target == null) {
            return this;
        }
        List<Detour> more = new ArrayList<>(detours);
        more.add(new Detour(base, target));
        return new PublicRoute(more);
    }

    /** A route that dials every URL as written. */
    public static PublicRoute direct() {
        return new PublicRoute(List.of());
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
        Optional<Detour> detour =
                detours.stream().filter(each -> covers(each, uri, port)).findFirst();
        if (detour.isPresent()) {
            URI target = URI.create(detour.get().connectTo());
            boolean targetSecure = secure(target);
            int targetPort = target.getPort() >= 0 ? target.getPort() : targetSecure ? 443 : 80;
            options.setServer(SocketAddress.inetSocketAddress(targetPort, target.getHost()))
                    .setSsl(targetSecure);
        }
        return options;
    }

    private static boolean covers(Detour detour, URI uri, int port) {
        URI base = URI.create(detour.publicBaseUrl());
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

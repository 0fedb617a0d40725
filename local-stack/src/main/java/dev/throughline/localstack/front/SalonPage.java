package dev.throughline.localstack.front;

import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * Plays a business' own page with the chat on it, {@value #PATH}. The script comes from the front under the loopback's other name, so that
 * page and chat are of two origins as they are in life.
 */
final class SalonPage {

    static final String PATH = "/widget-demo";

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]{0,100}");
    private static final String LOCALHOST = "localhost";
    private static final String LOOPBACK = "127.0.0.1";

    private final String template;

    SalonPage() {
        try (InputStream in = Objects.requireNonNull(SalonPage.class.getResourceAsStream("/widget-demo.html"))) {
            template = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param request its query's {@code key} is the tenant's public key */
    void answer(HttpServerRequest request) {
        String key = request.getParam("key", "");
        String host =
                request.authority() == null ? LOCALHOST : request.authority().host();
        int port = request.authority() == null ? -1 : request.authority().port();
        String other = host.equals(LOCALHOST) ? LOOPBACK : LOCALHOST;
        String script = "http://" + other + (port > 0 ? ":" + port : "") + "/widget/v1.js";
        request.response()
                .putHeader("content-type", "text/html; charset=utf-8")
                .putHeader("cache-control", "no-store")
                .end(template.replace("{script}", script)
                        .replace("{key}", KEY.matcher(key).matches() ? key : ""));
    }
}

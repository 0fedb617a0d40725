package dev.throughline.context.session;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Serves the page under its own addresses: a browser that opens {@code /leads/…} gets the page, which then shows that lead. Files
 * under {@code /assets} carry their content's hash in their name and are cached for good.
 */
@Singleton
class ConsoleRoutes {

    private static final String INDEX = "/index.html";
    /**
     * Inline styles are the component library's; scripts and images are ours alone. Besides us the page speaks with Twilio only, for an
     * operator's own voice in a call (Twilio, <i>Voice JavaScript SDK: content security policy</i>).
     */
    private static final String POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:;"
            + " connect-src 'self' https://*.twilio.com wss://*.twilio.com;"
            + " media-src 'self' blob: mediastream: https://media.twiliocdn.com https://sdk.twilio.com;"
            + " object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

    void install(@Observes Router router) {
        router.routeWithRegex("^/(index\\.html)?$")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-20)
                .handler(ConsoleRoutes::page);
        router.route("/assets/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-20)
                .handler(ConsoleRoutes::asset);
        router.route("/widget/*")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-20)
                .handler(ConsoleRoutes::widget);
        router.routeWithRegex("^/(sign-in|leads/[^/.]+(/calls/[^/.]+)?|calendar|follow-ups|settings(/[^/.]+)?)/?$")
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .order(-20)
                .handler(context -> context.reroute(INDEX));
    }

    private static void page(RoutingContext context) {
        HttpServerResponse response = context.response();
        context.addHeadersEndHandler(ended -> response.headers()
                .set(HttpHeaders.CACHE_CONTROL, "no-cache")
                .set("Content-Security-Policy", POLICY)
                .set("X-Content-Type-Options", "nosniff")
                .set("Referrer-Policy", "no-referrer"));
        context.next();
    }

    private static void asset(RoutingContext context) {
        HttpServerResponse response = context.response();
        context.addHeadersEndHandler(ended -> {
            response.headers().set("X-Content-Type-Options", "nosniff");
            if (response.getStatusCode() == 200 || response.getStatusCode() == 304) {
                response.headers().set(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable");
            }
        });
        context.next();
    }

    /**
     * The chat's script runs on other pages, which load it as a module: that needs to be allowed. Its first file keeps its name and is
     * looked after soon, the others carry their content's hash.
     */
    private static void widget(RoutingContext context) {
        HttpServerResponse response = context.response();
        boolean hashed = context.normalizedPath().startsWith("/widget/parts/");
        context.addHeadersEndHandler(ended -> {
            response.headers()
                    .set("X-Content-Type-Options", "nosniff")
                    .set("Access-Control-Allow-Origin", "*")
                    .set("Cross-Origin-Resource-Policy", "cross-origin");
            if (response.getStatusCode() == 200 || response.getStatusCode() == 304) {
                response.headers()
                        .set(
                                HttpHeaders.CACHE_CONTROL,
                                hashed ? "public, max-age=31536000, immutable" : "public, max-age=600");
            }
        });
        context.next();
    }
}

package dev.throughline.context.postcall;

import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Only webhooks may be long; every other body is in memory as a whole and is refused (413) beyond a megabyte. A body that does not say how
 * long it is, is refused too (411): browsers and HTTP clients say so for every body they hold.
 */
@Singleton
class BodyLimit {

    private static final String WEBHOOKS = "/api/webhooks/elevenlabs/";
    private static final long MOST = 1 << 20;

    void install(@Observes Router router) {
        router.route().order(-100).handler(BodyLimit::check);
    }

    private static void check(RoutingContext context) {
        HttpServerRequest request = context.request();
        String length = request.getHeader("Content-Length");
        boolean chunked = request.getHeader("Transfer-Encoding") != null;
        if (context.normalizedPath().startsWith(WEBHOOKS)) {
            context.next();
        } else if (chunked) {
            context.response()
                    .setStatusCode(411)
                    .putHeader("Connection", "close")
                    .end();
        } else if (length != null && (length.length() > 18 || Long.parseLong(length) > MOST)) {
            context.response()
                    .setStatusCode(413)
                    .putHeader("Connection", "close")
                    .end();
        } else {
            context.next();
        }
    }
}

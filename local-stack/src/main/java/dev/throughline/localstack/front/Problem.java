package dev.throughline.localstack.front;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;

/** An answer the front gives itself, as RFC 9457 problem details. */
enum Problem {
    NO_ROUTE(404, "No service answers this path."),
    BAD_PATH(400, "The path must not contain empty, \".\" or \"..\" segments."),
    SERVICE_AWAY(503, "The service that answers this path is not running."),
    SERVICE_BROKE_OFF(502, "The service that answers this path broke off before it had answered.");

    private final int status;
    private final String title;

    Problem(int status, String title) {
        this.status = status;
        this.title = title;
    }

    /** Answers with this problem, unless an answer has already begun; then the connection is closed, the only signal left. */
    void answer(HttpServerResponse response, String detail) {
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        JsonObject body = new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .put("code", name());
        response.headers().clear();
        response.setStatusCode(status)
                .putHeader("content-type", "application/problem+json")
                .putHeader("cache-control", "no-store");
        if (status == 503) {
            response.putHeader("retry-after", "2");
        }
        response.end(body.toBuffer());
    }
}

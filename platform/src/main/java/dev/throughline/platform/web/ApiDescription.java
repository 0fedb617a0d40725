package dev.throughline.platform.web;

import io.quarkus.vertx.http.ManagementInterface;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;

/**
 * {@code GET /q/openapi} of the management port: the service's {@code openapi.json}, which a test holds to the annotations. The framework
 * would read and write its own anew at each start, asked or not, for a tenth of a second. A service without an API has no such file.
 */
@Singleton
public class ApiDescription {

    /** On the class path of a service with an API. */
    public static final String FILE = "openapi.json";

    ApiDescription() {}

    void register(@Observes ManagementInterface management) {
        URL file = Thread.currentThread().getContextClassLoader().getResource(FILE);
        if (file != null) {
            management.router().get("/q/openapi").blockingHandler(request -> serve(request, file));
        }
    }

    private static void serve(RoutingContext request, URL file) {
        try (InputStream in = file.openStream()) {
            request.response()
                    .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                    .end(Buffer.buffer(in.readAllBytes()));
        } catch (IOException e) {
            request.fail(e);
        }
    }
}

package dev.throughline.context.widget;

import dev.throughline.platform.tenant.TenantDirectory;
import dev.throughline.platform.tenant.VisitorMechanism;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/**
 * Lets pages of listed origins read the chat's answers (Fetch Standard, <i>CORS protocol</i>), and refuses all others before anything is
 * read. Which tenant's page it is, a preflight does not say: that is checked by the endpoints. No cookie is ever taken from a page.
 */
@Singleton
class WidgetDoor {

    private static final String PATH = "/api/widget/";

    private final TenantDirectory tenants;

    WidgetDoor(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    void install(@Observes Router router) {
        router.route(PATH + "*").order(-90).handler(this::pass);
    }

    private void pass(RoutingContext context) {
        String origin = context.request().getHeader("Origin");
        HttpServerResponse response = context.response();
        response.headers().add("Vary", "Origin");
        boolean listed = isListed(origin);
        if (listed) {
            response.headers()
                    .set("Access-Control-Allow-Origin", origin)
                    .set("Access-Control-Expose-Headers", "Retry-After");
        }
        if (context.request().method() == HttpMethod.OPTIONS) {
            preflight(response, listed);
        } else if (origin != null && !listed) {
            response.setStatusCode(403)
                    .putHeader("Content-Type", "application/problem+json")
                    .end(
                            "{\"status\":403,\"code\":\"ORIGIN_NOT_LISTED\",\"detail\":\"Pages of this origin may not open a"
                                    + " chat.\",\"cure\":\"List the origin in the console, Settings, Chat on your site.\"}");
        } else {
            context.next();
        }
    }

    private static void preflight(HttpServerResponse response, boolean listed) {
        MultiMap headers = response.headers();
        if (listed) {
            headers.set("Access-Control-Allow-Methods", "GET, POST")
                    .set("Access-Control-Allow-Headers", "Content-Type, Last-Event-ID, " + VisitorMechanism.HEADER)
                    .set("Access-Control-Max-Age", "600");
        }
        response.setStatusCode(listed ? 204 : 403).end();
    }

    private boolean isListed(@Nullable String origin) {
        return origin != null
                && tenants.all().stream()
                        .anyMatch(tenant -> tenant.settings().widget().admits(origin));
    }
}

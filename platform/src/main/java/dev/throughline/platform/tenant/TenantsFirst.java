package dev.throughline.platform.tenant;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.platform.web.ErrorAnswers;
import dev.throughline.platform.web.Problem;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a request that comes before the tenants are known until they are: answered at once, a customer would hear that a number which is
 * somebody's is nobody's. Readiness keeps most away already; some come all the same, from whoever has not looked yet.
 */
@Singleton
public class TenantsFirst {

    /** How long and how many. */
    @ConfigMapping(prefix = "throughline.tenants")
    public interface Config {

        /** False only where no broker is, as in the training of an image: requests then meet an empty directory. */
        @WithDefault("true")
        boolean awaited();

        /** Below the 15 s Twilio waits for a webhook. */
        @WithDefault("10s")
        Duration patience();

        /** More are refused at once. */
        @WithDefault("500")
        int mostWaiting();
    }

    /** Before the framework looks at who asks, or at a body. */
    private static final int BEFORE_ALL = 10_000;

    private final TenantDirectory tenants;
    private final ErrorAnswers errors;
    private final ObjectMapper json;
    private final Config config;
    private final AtomicInteger waiting = new AtomicInteger();

    TenantsFirst(TenantDirectory tenants, ErrorAnswers errors, ObjectMapper json, Config config) {
        this.tenants = tenants;
        this.errors = errors;
        this.json = json;
        this.config = config;
    }

    void register(@Observes Filters filters) {
        if (config.awaited()) {
            filters.register(this::admit, BEFORE_ALL);
        }
    }

    void admit(RoutingContext request) {
        if (tenants.isWarm()) {
            request.next();
        } else if (waiting.incrementAndGet() > config.mostWaiting()) {
            waiting.decrementAndGet();
            refuse(request);
        } else {
            hold(request);
        }
    }

    /** The framework has paused the request until somebody reads it, so its body waits too. */
    private void hold(RoutingContext request) {
        Context loop = Vertx.currentContext();
        tenants.warm()
                .orTimeout(config.patience().toMillis(), TimeUnit.MILLISECONDS)
                .whenComplete((known, late) -> loop.runOnContext(now -> release(request, late)));
    }

    private void release(RoutingContext request, @Nullable Throwable late) {
        waiting.decrementAndGet();
        if (late == null) {
            request.next();
        } else if (!request.response().closed()) {
            refuse(request);
        }
    }

    private void refuse(RoutingContext request) {
        Response answer = errors.of(
                Problem.unavailable("This server has only just begun and does not know its businesses yet.")
                        .retryAfter(Duration.ofSeconds(1)),
                request.normalizedPath());
        answer.getStringHeaders().forEach((name, values) -> request.response().putHeader(name, values));
        request.response()
                .setStatusCode(answer.getStatus())
                .putHeader(HttpHeaders.CONTENT_TYPE, answer.getMediaType().toString())
                .end(Buffer.buffer(written(answer.getEntity())));
    }

    private byte[] written(Object body) {
        try {
            return json.writeValueAsBytes(body);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("records always serialise", impossible);
        }
    }
}

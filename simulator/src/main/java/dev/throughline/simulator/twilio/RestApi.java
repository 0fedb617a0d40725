package dev.throughline.simulator.twilio;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Twilio's REST API under {@code /2010-04-01}: credentials, faults and answers; {@link RestRoutes} has the resources. Faults
 * {@code rest-error}, {@code rest-timeout} and {@code rest-slow} match a resource's word or {@code rest}; with {@code
 * "effect":"after"} the request is carried out before the caller learns nothing of it.
 */
final class RestApi {

    private static final String BASE = "/2010-04-01/Accounts/:account";
    /** A request without an answer is given up by the stand-in after this long; clients should have long before. */
    private static final long HANG_MILLIS = 120_000;

    private static final long SLOW_MILLIS = 2_000;

    private final Router router;
    private final TwilioAccount account;
    private final FaultPlan faults;
    private final Violations violations;

    RestApi(Router router, TwilioAccount account, FaultPlan faults, Violations violations) {
        this.router = router;
        this.account = account;
        this.faults = faults;
        this.violations = violations;
    }

    void serve(RestRoutes routes) {
        router.route("/2010-04-01/*").handler(this::authenticate);
        router.get("/2010-04-01/Accounts/:account.json").handler(context -> answer(context, 200, accountResource()));
        routes.addTo(this);
        router.route("/v1/*").handler(this::authenticateAny);
        routes.addMessagingTo(this);
        router.route("/2010-04-01/*").handler(context -> {
            violations.add(
                    "20404",
                    "",
                    context.request().method() + " " + context.request().path() + " is not served");
            answer(context, TwilioError.notFound(context.request().path()));
        });
    }

    /** The newer APIs have no account in their paths. */
    private void authenticateAny(RoutingContext context) {
        if (account.accepts(context.request().getHeader("Authorization"))) {
            context.next();
        } else {
            violations.add("20003", "", "REST request with wrong credentials");
            answer(context, new TwilioError(401, 20003, "Authenticate"));
        }
    }

    private void authenticate(RoutingContext context) {
        String path = context.request().path();
        boolean ours =
                path.startsWith(account.path("")) || path.equals("/2010-04-01/Accounts/" + account.sid() + ".json");
        if (!ours || !account.accepts(context.request().getHeader("Authorization"))) {
            violations.add("20003", "", "REST request with wrong credentials or another account");
            answer(context, new TwilioError(401, 20003, "Authenticate"));
            return;
        }
        context.next();
    }

    void get(String name, String path, Function<RoutingContext, JsonObject> handler) {
        router.get(BASE + path).handler(context -> serve(context, name, 200, handler));
    }

    void post(String name, String path, int status, Function<RoutingContext, JsonObject> handler) {
        router.post(BASE + path).handler(context -> serve(context, name, status, handler));
    }

    /** A path of one of the newer APIs, whole. */
    void getV1(String name, String path, Function<RoutingContext, JsonObject> handler) {
        router.get(path).handler(context -> serve(context, name, 200, handler));
    }

    void postV1(String name, String path, int status, Function<RoutingContext, JsonObject> handler) {
        router.post(path).handler(context -> serve(context, name, status, handler));
    }

    /** A file instead of JSON; faults do not reach it. */
    void media(String name, String path, String contentType, Function<RoutingContext, byte[]> handler) {
        router.get(BASE + path).handler(context -> {
            try {
                Buffer file = Buffer.buffer(handler.apply(context));
                context.response().putHeader("Content-Type", contentType).end(file);
            } catch (TwilioError e) {
                violations.add(String.valueOf(e.code()), "", name + " request refused: HTTP " + e.status());
                answer(context, e);
            }
        });
    }

    void delete(String name, String path, Consumer<RoutingContext> handler) {
        router.delete(BASE + path)
                .handler(context -> serve(context, name, 204, c -> {
                    handler.accept(c);
                    return null;
                }));
    }

    private void serve(
            RoutingContext context, String name, int status, Function<RoutingContext, @Nullable JsonObject> handler) {
        Set<String> names = Set.of(name, "rest");
        Optional<Fault> timeout = faults.take("rest-timeout", names);
        Optional<Fault> error = timeout.isPresent() ? Optional.empty() : faults.take("rest-error", names);
        Optional<Fault> fault = timeout.or(() -> error);
        boolean carryOut =
                fault.isEmpty() || "after".equals(fault.get().options().getString("effect", "before"));
        JsonObject body = null;
        if (carryOut) {
            try {
                body = handler.apply(context);
            } catch (TwilioError e) {
                if (fault.isEmpty()) {
                    // To look whether something is there is nobody's mistake.
                    if (e.status() != 404 || context.request().method() != HttpMethod.GET) {
                        violations.add(String.valueOf(e.code()), "", name + " request refused: HTTP " + e.status());
                    }
                    answer(context, e);
                    return;
                }
            }
        }
        Optional<Fault> slow = fault.isEmpty() ? faults.take("rest-slow", names) : Optional.empty();
        if (slow.isPresent()) {
            JsonObject late = body;
            long delay = slow.get().options().getLong("delayMs", SLOW_MILLIS);
            context.vertx().setTimer(Math.clamp(delay, 1, HANG_MILLIS), timer -> answer(context, status, late));
        } else if (timeout.isPresent()) {
            long hang = timeout.get().options().getLong("hangMs", HANG_MILLIS);
            context.vertx().setTimer(Math.clamp(hang, 1, HANG_MILLIS), timer -> context.request()
                    .connection()
                    .close());
        } else if (error.isPresent()) {
            injected(context, error.get());
        } else {
            answer(context, status, body);
        }
    }

    /** 429 as Twilio's JSON; 503 as the HTML page its edge answers with. */
    private void injected(RoutingContext context, Fault fault) {
        int status = Math.clamp(fault.options().getInteger("status", 503), 400, 599);
        switch (status) {
            case 429 -> answer(context, new TwilioError(429, 20429, "Too Many Requests"));
            case 401 -> answer(context, new TwilioError(401, 20003, "Authenticate"));
            case 400 ->
                answer(context, new TwilioError(400, fault.options().getInteger("errorCode", 21211), "Injected error"));
            default ->
                context.response()
                        .setStatusCode(status)
                        .putHeader("Content-Type", "text/html")
                        .end("<html><body><h1>" + status + " Service Unavailable</h1></body></html>");
        }
    }

    private JsonObject accountResource() {
        return new JsonObject()
                .put("sid", account.sid())
                .put("friendly_name", "Simulated account")
                .put("status", "active")
                .put("type", "Full")
                .put("owner_account_sid", account.sid())
                .put("uri", "/2010-04-01/Accounts/" + account.sid() + ".json");
    }

    static void answer(RoutingContext context, TwilioError error) {
        answer(context, error.status(), error.toJson());
    }

    static void answer(RoutingContext context, int status, @Nullable JsonObject body) {
        context.response()
                .setStatusCode(status)
                .putHeader("Content-Type", "application/json;charset=utf-8")
                .end(body == null ? "" : body.encode());
    }
}

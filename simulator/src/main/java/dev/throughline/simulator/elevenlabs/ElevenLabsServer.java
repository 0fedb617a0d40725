package dev.throughline.simulator.elevenlabs;

import dev.throughline.simulator.SimulatorConfig;
import dev.throughline.simulator.elevenlabs.account.AccountRoutes;
import dev.throughline.simulator.elevenlabs.account.Answers;
import dev.throughline.simulator.elevenlabs.account.ApiError;
import dev.throughline.simulator.elevenlabs.account.Workspace;
import dev.throughline.simulator.elevenlabs.conversation.ConversationRoutes;
import dev.throughline.simulator.elevenlabs.conversation.Services;
import dev.throughline.simulator.elevenlabs.conversation.Timing;
import dev.throughline.simulator.elevenlabs.postcall.PostCallRoutes;
import dev.throughline.simulator.elevenlabs.postcall.WebhookDelivery;
import dev.throughline.simulator.elevenlabs.telephony.NativeTelephony;
import dev.throughline.simulator.speech.SpeechRecogniser;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FaultPlan.Fault;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.StateFile;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The running ElevenLabs stand-in. Everything it does happens on one event loop. */
public final class ElevenLabsServer {

    private static final int MAX_SOCKET_MESSAGE_BYTES = 1 << 20;
    private static final long MAX_BODY_BYTES = 4L << 20;

    private final Vertx vertx;
    private final Serving serving;
    private final String deployment;

    private ElevenLabsServer(Vertx vertx, Serving serving, String deployment) {
        this.vertx = vertx;
        this.serving = serving;
        this.deployment = deployment;
    }

    /** Starts it on the configured port (0 takes a free one) with the provider's own clocks. */
    public static Future<ElevenLabsServer> start(Vertx vertx, SimulatorConfig config, FrameClock frames) {
        return start(vertx, config, frames, Timing.REAL, Clock.systemUTC());
    }

    /** The same with other clocks. The future fails when the port is taken or the state cannot be read. */
    public static Future<ElevenLabsServer> start(
            Vertx vertx, SimulatorConfig config, FrameClock frames, Timing timing, Clock clock) {
        Serving serving = new Serving(config, frames, timing, clock);
        return vertx.deployVerticle(serving).map(id -> new ElevenLabsServer(vertx, serving, id));
    }

    /** The port it listens on. */
    public int port() {
        return serving.port();
    }

    /** Finds Twilio's REST at {@code address} (scheme and host) for native calls, unless another was configured. */
    public void callThrough(String address) {
        serving.telephony.ifPresent(calls -> calls.callThrough(address));
    }

    /** Stops listening and stores what is to be kept. */
    public Future<Void> close() {
        return vertx.undeploy(deployment);
    }

    /** What runs on the event loop. */
    private static final class Serving extends AbstractVerticle {

        private final SimulatorConfig config;
        private final FrameClock frames;
        private final Timing timing;
        private final Clock clock;
        private Optional<Workspace> workspace = Optional.empty();
        private volatile Optional<NativeTelephony> telephony = Optional.empty();
        private volatile int port;

        Serving(SimulatorConfig config, FrameClock frames, Timing timing, Clock clock) {
            this.config = config;
            this.frames = frames;
            this.timing = timing;
            this.clock = clock;
        }

        int port() {
            return port;
        }

        @Override
        public void start(Promise<Void> started) {
            vertx.executeBlocking(() -> {
                        // Hundreds of small files; the event loop must find them read.
                        SpeechRecogniser.strict();
                        return new Workspace(new StateFile(config.stateDir(), "elevenlabs.json"));
                    })
                    .compose(this::listen)
                    .<Void>mapEmpty()
                    .onComplete(started);
        }

        @Override
        public void stop() {
            workspace.ifPresent(Workspace::close);
        }

        private Future<HttpServer> listen(Workspace provisioned) {
            workspace = Optional.of(provisioned);
            Services services = Services.of(
                    vertx, provisioned, config.route(), new FaultPlan(), new Violations(), frames, timing, clock);
            HttpServerOptions options = new HttpServerOptions()
                    .setMaxWebSocketMessageSize(MAX_SOCKET_MESSAGE_BYTES)
                    .setMaxWebSocketFrameSize(MAX_SOCKET_MESSAGE_BYTES)
                    // The official client offers it, and a browser gives up when it is not taken up.
                    .setWebSocketSubProtocols(List.of("convai"));
            return vertx.createHttpServer(options)
                    .requestHandler(router(services))
                    .listen(config.elevenLabsPort().orElse(0))
                    .onSuccess(server -> port = server.actualPort());
        }

        private Router router(Services services) {
            Router router = Router.router(vertx);
            ConversationRoutes conversation = new ConversationRoutes(services);
            WebhookDelivery webhooks = new WebhookDelivery(services);
            NativeTelephony calls = new NativeTelephony(
                    services, webhooks, config.elevenLabsPublicUrl(), Optional.ofNullable(config.twilioApi()));
            telephony = Optional.of(calls);
            conversation.mountSocket(router);
            calls.mountSockets(router);
            router.route().handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES));
            router.route("/v1/*").handler(this::authenticate);
            router.route("/v1/*").handler(context -> misbehave(services, context));
            conversation.mount(router);
            new AccountRoutes(services.workspace(), services.violations()).mount(router);
            new PostCallRoutes(services).mount(router);
            calls.mount(router);
            new ControlRoutes(services, webhooks).mount(router);
            router.route("/v1/*").handler(context -> {
                services.violations()
                        .add("no_such_endpoint", context.request().path(), "this endpoint is not stood in for");
                context.fail(ApiError.legacy(404, "not_found", "Not Found"));
            });
            router.route().failureHandler(Serving::answerFailure);
            return router;
        }

        private void authenticate(RoutingContext context) {
            String key = context.request().getHeader("xi-api-key");
            if (key == null || key.isEmpty()) {
                context.fail(ApiError.of(401, "authentication_error", "missing_api_key", "Missing API key"));
            } else if (!key.equals(config.elevenLabsApiKey())) {
                context.fail(ApiError.of(401, "authentication_error", "invalid_api_key", "Invalid API key"));
            } else {
                context.next();
            }
        }

        /**
         * {@code rest-error} answers with {@code status}; {@code rest-slow} waits {@code millis}, and what a client asked for that
         * has gone by then is not done. With {@code "effect":"after"} the request is carried out first. Matched by a word of the path.
         */
        private static void misbehave(Services services, RoutingContext context) {
            Set<String> words = new HashSet<>(Set.of(context.request().path().split("/")));
            Optional<Fault> error = services.faults().take("rest-error", words);
            Optional<Fault> fault = error.or(() -> services.faults().take("rest-slow", words));
            if (fault.isEmpty()) {
                context.next();
                return;
            }
            JsonObject options = fault.get().options();
            Optional.ofNullable(options.getString("retryAfter"))
                    .ifPresent(seconds -> context.response().putHeader("Retry-After", seconds));
            if (options.getString("effect", "before").equals("after")) {
                Answers.misbehaveAfterwards(context, fault.get());
                context.next();
            } else if (error.isPresent()) {
                context.fail(ApiError.fault(options));
            } else {
                services.vertx().setTimer(ApiError.delayMillis(options), timer -> {
                    if (!context.response().closed()) {
                        context.next();
                    }
                });
            }
        }

        private static void answerFailure(RoutingContext context) {
            if (context.response().ended()) {
                return;
            }
            ApiError error = context.failure() instanceof ApiError expected ? expected : unexpected(context);
            context.response()
                    .setStatusCode(error.status())
                    .putHeader("content-type", "application/json")
                    .end(error.body().encode());
        }

        private static ApiError unexpected(RoutingContext context) {
            int status = context.statusCode() < 400 ? 500 : context.statusCode();
            if (context.failure() != null) {
                System.err.println("simulator: " + context.request().path() + " failed: " + context.failure());
            }
            return ApiError.legacy(status, "internal_error", "Something went wrong");
        }
    }
}

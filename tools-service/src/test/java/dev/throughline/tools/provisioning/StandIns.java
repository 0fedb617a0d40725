package dev.throughline.tools.provisioning;

import dev.throughline.platform.testing.IdentityTestResource;
import dev.throughline.simulator.SimulatorConfig;
import dev.throughline.simulator.elevenlabs.ElevenLabsServer;
import dev.throughline.simulator.twilio.TwilioServer;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.PublicRoute;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The stand-ins of both providers, for the test's account and key, a public address, and a file for the webhook's secret. */
public final class StandIns implements QuarkusTestResourceLifecycleManager {

    /** The property with the file's name. */
    public static final String SECRET_FILE = "throughline.elevenlabs.webhook-secret-file";

    private @Nullable Vertx vertx;
    private @Nullable PublicRelay relay;

    @Override
    public Map<String, String> start() {
        try {
            Path state = Files.createTempDirectory("stand-ins");
            vertx = Vertx.vertx();
            SimulatorConfig config = new SimulatorConfig(
                    OptionalInt.of(0),
                    OptionalInt.of(0),
                    state,
                    PublicRoute.of(null, null),
                    IdentityTestResource.TWILIO_ACCOUNT_SID,
                    IdentityTestResource.TWILIO_AUTH_TOKEN,
                    null,
                    null,
                    IdentityTestResource.ELEVENLABS_API_KEY);
            FrameClock clock = new FrameClock();
            ElevenLabsServer elevenLabs = await(ElevenLabsServer.start(vertx, config, clock));
            TwilioServer twilio =
                    await(TwilioServer.start(vertx, config.reachingElevenLabsAt(elevenLabs.port()), clock));
            elevenLabs.callThrough("http://127.0.0.1:" + twilio.port());
            relay = PublicRelay.start();
            return Map.of(
                    "throughline.doctor.connect-to",
                    relay.url(),
                    "throughline.doctor.services",
                    "tools-service",
                    "throughline.twilio.api-base-url",
                    "http://127.0.0.1:" + twilio.port(),
                    "throughline.elevenlabs.api-base-url",
                    "http://127.0.0.1:" + elevenLabs.port(),
                    SECRET_FILE,
                    state.resolve("webhook-secret").toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        if (relay != null) {
            relay.stop();
        }
        if (vertx != null) {
            await(vertx.close());
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("the stand-ins do not start", e);
        }
    }
}

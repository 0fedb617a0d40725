package dev.throughline.localstack.cli;

import dev.throughline.localstack.process.ManagedProcess;
import dev.throughline.localstack.settings.Provider;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.PartFailure;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.Stack;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/** {@code ./dev up}: starts everything and stays until Ctrl-C, {@code ./dev down} or a SIGTERM. */
final class UpCommand {

    private static final Duration WATCH_INTERVAL = Duration.ofSeconds(1);

    private UpCommand() {}

    static int run(Settings settings, Progress progress) throws IOException, InterruptedException {
        Instant from = Instant.now();
        progress.say("Starting Throughline; data and logs are in "
                + settings.directories().home());
        progress.say("  Twilio: " + described(Provider.TWILIO, settings.twilio()));
        progress.say("  ElevenLabs: " + described(Provider.ELEVENLABS, settings.elevenLabs()));
        Stack stack = Stack.prepare(settings, progress);
        stopAtExit(stack, progress);
        try {
            StackInfo info = stack.start();
            progress.say(String.format(
                    Locale.ROOT,
                    "  everything is ready after %.1f s",
                    Duration.between(from, Instant.now()).toMillis() / 1000.0));
            progress.say("");
            progress.say("Throughline is up: " + info.url());
            NextSteps.of(settings, info).forEach(progress::say);
            watch(stack, progress);
            return 0;
        } catch (PartFailure failure) {
            if (!stack.isClosed()) {
                progress.failed(failure);
                progress.say("Stopping everything.");
            }
            stack.close();
            return 1;
        } catch (RuntimeException e) {
            if (!stack.isClosed()) {
                stack.close();
                throw e;
            }
            return 1;
        }
    }

    /** The JVM ends on SIGINT, SIGTERM and SIGHUP by running its hooks; the children do not see the terminal's SIGINT. */
    static void stopAtExit(Stack stack, Progress progress) {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            if (stack.isClosed()) {
                return;
            }
            progress.say("");
            progress.say("Stopping…");
            try {
                stack.close();
                progress.say("Stopped.");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    /** Tells once of every part that ends by itself; the others go on, and the front answers 503 for what is missing. */
    private static void watch(Stack stack, Progress progress) throws InterruptedException {
        Set<String> told = new HashSet<>();
        while (!stack.isClosed()) {
            for (ManagedProcess process : stack.ended()) {
                if (told.add(process.name())) {
                    progress.failed(new PartFailure(
                            process.name(),
                            "stopped by itself, with exit status " + process.exitStatus() + "; the rest goes on.",
                            process.log(),
                            null));
                }
            }
            Thread.sleep(WATCH_INTERVAL);
        }
    }

    private static String described(Provider provider, Provider.Mode mode) {
        return switch (mode) {
            case Provider.Mode.Real real -> "the real one, with the credentials given";
            case Provider.Mode.Endpoint endpoint -> endpoint.baseUrl() + " (" + provider.baseUrlVariable() + ")";
            case Provider.Mode.StandIn standIn -> "stand-in, as no credentials are set";
        };
    }
}

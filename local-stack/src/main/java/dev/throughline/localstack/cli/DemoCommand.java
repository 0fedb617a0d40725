package dev.throughline.localstack.cli;

import dev.throughline.localstack.customer.ElevenLabsStandIn;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.demo.DemoStory;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.PartFailure;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.Stack;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** {@code ./dev demo}: plays the story on the running stack, or on one it starts and stops itself. */
public final class DemoCommand {

    private DemoCommand() {}

    /** Returns 0 only when every step was seen to be true. */
    public static int run(Settings settings, Progress progress) throws IOException, InterruptedException {
        Optional<StackInfo> running = StackInfo.running(settings.directories());
        if (running.isPresent()) {
            return play(settings, running.get(), progress);
        }
        progress.say("No stack is running, so the demo starts one of its own.");
        try (Stack stack = Stack.prepare(settings, progress)) {
            UpCommand.stopAtExit(stack, progress);
            try {
                return play(settings, stack.start(), progress);
            } catch (PartFailure failure) {
                if (!stack.isClosed()) {
                    progress.failed(failure);
                }
                return 1;
            }
        }
    }

    private static int play(Settings settings, StackInfo stack, Progress progress)
            throws IOException, InterruptedException {
        if (stack.twilioUrl().isEmpty() || stack.elevenLabsUrl().isEmpty()) {
            throw new SettingsException(
                    "The demo needs both stand-ins: run it without provider credentials and endpoints.");
        }
        String token = TokenCommand.token(settings, new Arguments(Map.of(), List.of()));
        DemoStory story = new DemoStory(
                stack.url(),
                new TwilioStandIn(stack.twilioUrl()),
                new ElevenLabsStandIn(stack.elevenLabsUrl()),
                token,
                progress::say);
        boolean all = story.play();
        progress.say("");
        progress.say(all ? "Every step was seen to be true." : "The story broke off at the step marked ✘.");
        return all ? 0 : 1;
    }
}

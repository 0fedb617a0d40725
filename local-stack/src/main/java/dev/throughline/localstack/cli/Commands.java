package dev.throughline.localstack.cli;

import dev.throughline.localstack.customer.CallCustomer;
import dev.throughline.localstack.customer.TextCustomer;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Chooses the command and turns what goes wrong into one sentence and an exit status. */
public final class Commands {

    private Commands() {}

    /** Runs {@code line}, the subcommand and its arguments; returns the exit status. */
    public static int run(Path root, List<String> line, Map<String, String> environment) {
        try {
            String command = line.isEmpty() ? "help" : line.getFirst();
            List<String> rest = line.isEmpty() ? line : line.subList(1, line.size());
            return dispatch(command, rest, Settings.read(root, environment));
        } catch (UsageException e) {
            System.err.println(e.getMessage() + " ./dev help lists the commands.");
            return 2;
        } catch (SettingsException | IOException e) {
            System.err.println(e.getMessage());
            return 1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return 1;
        }
    }

    private static int dispatch(String command, List<String> rest, Settings settings)
            throws IOException, InterruptedException {
        switch (command) {
            case "up" -> {
                Arguments.parse(rest, Set.of()).withoutWords();
                return UpCommand.run(settings, new Progress(System.out));
            }
            case "demo" -> {
                Arguments.parse(rest, Set.of()).withoutWords();
                return DemoCommand.run(settings, new Progress(System.out));
            }
            case "token" -> {
                System.out.println(TokenCommand.token(
                        settings, Arguments.parse(rest, TokenCommand.options()).withoutWords()));
                return 0;
            }
            case "text" -> {
                Arguments arguments = Arguments.parse(rest, Set.of("from", "to"));
                return new TextCustomer(running(settings), System.out)
                        .text(String.join(" ", arguments.words()), arguments.option("from"), arguments.option("to"));
            }
            case "call" -> {
                Arguments arguments = Arguments.parse(rest, Set.of("script", "wav", "from", "to"))
                        .withoutWords();
                return new CallCustomer(running(settings), System.out)
                        .call(
                                arguments.option("script"),
                                arguments.option("wav").map(Path::of),
                                arguments.option("from"),
                                arguments.option("to"));
            }
            case "bench" -> {
                return BenchCommand.run(settings, rest, new Progress(System.out));
            }
            case "chaos" -> {
                return ChaosCommand.run(settings, rest, new Progress(System.out));
            }
            case "rebuild" -> {
                return RebuildCommand.run(
                        settings,
                        Arguments.parse(rest, Set.of(), RebuildCommand.switches())
                                .withoutWords(),
                        System.out);
            }
            case "dead-letters" -> {
                return DeadLettersCommand.run(settings, Arguments.parse(rest, Set.of()), System.out);
            }
            case "provision" -> {
                return ProvisionCommand.run(
                        settings,
                        Arguments.parse(rest, Set.of("tenant"), Set.of("yes", "rotate-secret"))
                                .withoutWords(),
                        System.out);
            }
            case "doctor" -> {
                return DoctorCommand.run(
                        settings, Arguments.parse(rest, Set.of("tenant")).withoutWords(), System.out);
            }
            case "status" -> {
                return StatusCommand.run(settings, System.out);
            }
            case "down" -> {
                return DownCommand.run(settings, System.out);
            }
            case "reset" -> {
                return ResetCommand.run(settings, System.out);
            }
            case "logs" -> {
                return LogsCommand.run(settings, Arguments.parse(rest, Set.of()));
            }
            default -> throw new UsageException("There is no command \"" + command + "\".");
        }
    }

    private static String running(Settings settings) {
        StackInfo stack = StackInfo.running(settings.directories())
                .orElseThrow(() -> new SettingsException("Throughline is not running: start it with ./dev up."));
        if (stack.twilioUrl().isEmpty()) {
            throw new SettingsException(
                    "A simulated customer needs the Twilio stand-in, and this stack runs without it.");
        }
        return stack.twilioUrl();
    }
}

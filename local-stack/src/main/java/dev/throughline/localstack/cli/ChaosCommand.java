package dev.throughline.localstack.cli;

import dev.throughline.localstack.chaos.Chaos;
import dev.throughline.localstack.chaos.ChaosPlan;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** {@code ./dev chaos [--quick] [--minutes N] [--soak MINUTES]}: breaks everything in turn under load, then counts. */
final class ChaosCommand {

    private static final int MINUTES = 10;
    private static final int MOST_MINUTES = 24 * 60;

    private ChaosCommand() {}

    /** Returns 0 only when everything that must be true was found to be. */
    static int run(Settings settings, List<String> line, Progress progress) throws IOException, InterruptedException {
        return new Chaos(plan(line), progress).run(settings) ? 0 : 1;
    }

    /** @throws UsageException when the words make no plan */
    static ChaosPlan plan(List<String> line) {
        Arguments arguments = Arguments.parse(line, Set.of("minutes", "soak"), Set.of("quick"))
                .withoutWords();
        if (arguments.options().size() > 1) {
            throw new UsageException("--quick, --minutes and --soak exclude each other.");
        }
        if (arguments.option("soak").isPresent()) {
            return ChaosPlan.soak(minutes(arguments, "soak"));
        }
        return arguments.option("quick").isPresent()
                ? ChaosPlan.quick()
                : ChaosPlan.full(minutes(arguments, "minutes"));
    }

    private static Duration minutes(Arguments arguments, String option) {
        String text = arguments.option(option).orElse(Integer.toString(MINUTES));
        if (!text.matches("\\d{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > MOST_MINUTES) {
            throw new UsageException("--" + option + " takes minutes, from 1 to " + MOST_MINUTES + ".");
        }
        return Duration.ofMinutes(Integer.parseInt(text));
    }
}

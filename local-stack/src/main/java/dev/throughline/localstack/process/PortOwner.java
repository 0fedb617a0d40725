package dev.throughline.localstack.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Who listens on a port, as far as {@code lsof} or {@code ss} can tell: a courtesy in a message, never a condition. */
final class PortOwner {

    private static final Pattern LSOF = Pattern.compile("p(\\d+)\\nc(\\S+)");
    private static final Pattern SS = Pattern.compile("\\(\\(\"([^\"]+)\",pid=(\\d+)");

    private PortOwner() {}

    /** "name (process 123)", or empty when no tool is there or it may not say. */
    static Optional<String> of(int port) {
        Optional<String> byLsof = output(List.of("lsof", "-nP", "-iTCP:" + port, "-sTCP:LISTEN", "-Fpc"))
                .map(LSOF::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(2) + " (process " + found.group(1) + ")");
        return byLsof.or(() -> output(List.of("ss", "-Hltnp", "sport = :" + port))
                .map(SS::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1) + " (process " + found.group(2) + ")"));
    }

    private static Optional<String> output(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            process.waitFor(2, TimeUnit.SECONDS);
            return Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

package dev.throughline.localstack.cli;

import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.settings.SettingsException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** {@code ./dev logs [service]}: follows one log or all of them, with {@code tail}. */
final class LogsCommand {

    private LogsCommand() {}

    static int run(Settings settings, Arguments arguments) throws IOException, InterruptedException {
        Path directory = settings.directories().logs();
        List<String> names = names(directory);
        if (names.isEmpty()) {
            throw new SettingsException("There are no logs in " + directory + " yet; ./dev up makes them.");
        }
        List<String> command = new ArrayList<>(List.of("tail", "-n", "40", "-F"));
        List<String> wanted = arguments.words().isEmpty() ? names : arguments.words();
        for (String name : wanted) {
            if (!names.contains(name)) {
                throw new UsageException(
                        "There is no log of \"" + name + "\"; there are " + String.join(", ", names) + ".");
            }
            command.add(directory.resolve(name + ".log").toString());
        }
        Process tail = new ProcessBuilder(command).inheritIO().start();
        Runtime.getRuntime().addShutdownHook(new Thread(tail::destroy));
        return tail.waitFor();
    }

    private static List<String> names(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".log"))
                    .map(name -> name.substring(0, name.length() - ".log".length()))
                    .sorted()
                    .toList();
        }
    }
}

package dev.throughline.localstack;

import dev.throughline.localstack.cli.Commands;
import java.nio.file.Path;
import java.util.List;

/** What {@code ./dev} starts: one subcommand and its arguments. The project's root is in the property {@code throughline.root}. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        Path root = Path.of(System.getProperty("throughline.root", "."));
        System.exit(Commands.run(root, List.of(arguments), System.getenv()));
    }
}

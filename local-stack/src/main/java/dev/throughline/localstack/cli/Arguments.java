package dev.throughline.localstack.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The words after a subcommand: {@code --name value} or {@code --name=value} for options, everything else in order.
 *
 * @param options value by option name, without the dashes
 * @param words what is no option
 */
public record Arguments(Map<String, String> options, List<String> words) {

    public Arguments {
        options = Map.copyOf(options);
        words = List.copyOf(words);
    }

    /** As {@link #parse(List, Set, Set)}, without switches. */
    public static Arguments parse(List<String> arguments, Set<String> known) {
        return parse(arguments, known, Set.of());
    }

    /**
     * Reads {@code arguments}; {@code --} ends the options.
     *
     * @param known the options the command takes, each with a value
     * @param switches options that take none; one that is given has the empty value
     * @throws UsageException for an unknown option or one without a value
     */
    public static Arguments parse(List<String> arguments, Set<String> known, Set<String> switches) {
        Map<String, String> options = new LinkedHashMap<>();
        List<String> words = new ArrayList<>();
        int i = 0;
        while (i < arguments.size()) {
            String argument = arguments.get(i++);
            if (argument.equals("--")) {
                words.addAll(arguments.subList(i, arguments.size()));
                break;
            }
            if (!argument.startsWith("--")) {
                words.add(argument);
                continue;
            }
            if (switches.contains(argument.substring(2))) {
                options.put(argument.substring(2), "");
                continue;
            }
            int equals = argument.indexOf('=');
            String name = argument.substring(2, equals < 0 ? argument.length() : equals);
            if (!known.contains(name)) {
                throw new UsageException("There is no option --" + name + " here.");
            }
            if (equals < 0 && i == arguments.size()) {
                throw new UsageException("--" + name + " needs a value.");
            }
            options.put(name, equals < 0 ? arguments.get(i++) : argument.substring(equals + 1));
        }
        return new Arguments(options, words);
    }

    /** The value of an option. */
    public Optional<String> option(String name) {
        return Optional.ofNullable(options.get(name));
    }

    /** Refuses words a command has no use for. */
    Arguments withoutWords() {
        if (!words.isEmpty()) {
            throw new UsageException("\"" + words.getFirst() + "\" is not understood here.");
        }
        return this;
    }
}

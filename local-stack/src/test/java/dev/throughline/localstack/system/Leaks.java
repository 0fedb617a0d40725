package dev.throughline.localstack.system;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What stands in the services' logs and must not: numbers, secrets, and words of customers and agents. */
final class Leaks {

    /** The suite's numbers are all of the range kept for examples, +1 202 555. In a URL the plus is %2B. */
    private static final Pattern NUMBER = Pattern.compile("(?:\\+|%2B)1[0-9]{10}|(?<![0-9])1?202555[0-9]{4}(?![0-9])");

    private Leaks() {}

    /**
     * Each leak in words, without what leaked unless it is a number of the examples.
     *
     * @param logs the directory of the logs; those of the stand-ins and of the servers are not looked at
     * @param secrets none of them may stand in a log
     * @param words what was said or written; the same
     */
    static Set<String> in(Path logs, Collection<String> secrets, Collection<String> words) throws IOException {
        Set<String> leaks = new TreeSet<>();
        for (Path log : services(logs)) {
            String text = Files.readString(log, StandardCharsets.ISO_8859_1);
            Matcher number = NUMBER.matcher(text);
            if (number.find()) {
                leaks.add(log.getFileName() + " names a number: " + lineAt(text, number.start()));
            }
            for (String secret : secrets) {
                if (text.contains(secret)) {
                    leaks.add(log.getFileName() + " holds a secret that begins with " + secret.substring(0, 3));
                }
            }
            for (String said : words) {
                int at = text.indexOf(said);
                if (at >= 0) {
                    leaks.add(log.getFileName() + " repeats words: " + lineAt(text, at));
                }
            }
        }
        return leaks;
    }

    private static List<Path> services(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.filter(
                            file -> file.getFileName()
                                    .toString()
                                    .matches(
                                            "(telephony-gateway|media-bridge|sms-service|tools-service|conversation-context).*"))
                    .toList();
        }
    }

    private static String lineAt(String text, int at) {
        int from = text.lastIndexOf('\n', at) + 1;
        int to = text.indexOf('\n', at);
        return text.substring(from, to < 0 ? text.length() : to);
    }
}

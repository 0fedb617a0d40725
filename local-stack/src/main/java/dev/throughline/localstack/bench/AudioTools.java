package dev.throughline.localstack.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What sox and ffmpeg need for the conversion the bridge makes in a call: mu-law to 16 kHz, and 16 kHz back to mu-law. */
final class AudioTools {

    /** @param corePercent of a core for one call in real time */
    record Cost(String tool, double corePercent) {}

    private static final int SECONDS = 600;
    private static final int MULAW_RATE = 8_000;
    private static final Pattern TIMES = Pattern.compile("(\\d+)m([\\d.]+)s (\\d+)m([\\d.]+)s");

    private AudioTools() {}

    /** Those that are installed, measured. Blocks for some seconds. */
    static List<Cost> measure(Path directory) throws IOException, InterruptedException {
        Files.createDirectories(directory);
        byte[] mulaw = new byte[MULAW_RATE * SECONDS];
        new Random(1).nextBytes(mulaw);
        Files.write(directory.resolve("audio.ulaw"), mulaw);
        List<Cost> costs = new ArrayList<>();
        // "rate" at its default is sox' high quality, close to the bridge's filter; without dither, as the bridge has
        // none.
        cost(
                        "sox",
                        directory,
                        "sox -D -t raw -r 8000 -e mu-law -b 8 -c 1 audio.ulaw -t raw -r 16000 -e signed -b 16 audio.pcm"
                                + " && sox -D -t raw -r 16000 -e signed -b 16 -c 1 audio.pcm -t raw -r 8000 -e mu-law -b 8"
                                + " back.ulaw")
                .ifPresent(costs::add);
        cost(
                        "ffmpeg",
                        directory,
                        "ffmpeg -v error -y -threads 1 -f mulaw -ar 8000 -ac 1 -i audio.ulaw -f s16le -ar 16000 audio.pcm"
                                + " && ffmpeg -v error -y -threads 1 -f s16le -ar 16000 -ac 1 -i audio.pcm -f mulaw -ar 8000"
                                + " back.ulaw")
                .ifPresent(costs::add);
        for (String file : List.of("audio.ulaw", "audio.pcm", "back.ulaw")) {
            Files.deleteIfExists(directory.resolve(file));
        }
        return costs;
    }

    private static Optional<Cost> cost(String tool, Path directory, String commands)
            throws IOException, InterruptedException {
        // "times" prints the user and system time of the shell, then those of its children.
        String script = "command -v " + tool + " >/dev/null || exit 3; " + commands + " && times";
        Process shell = new ProcessBuilder("/bin/sh", "-c", script)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        shell.getOutputStream().close();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (shell.waitFor() != 0) {
            return Optional.empty();
        }
        Matcher times = TIMES.matcher(output);
        double seconds = 0;
        while (times.find()) {
            // The last line is that of the children.
            seconds = Integer.parseInt(times.group(1)) * 60
                    + Double.parseDouble(times.group(2))
                    + Integer.parseInt(times.group(3)) * 60
                    + Double.parseDouble(times.group(4));
        }
        return Optional.of(new Cost(tool, 100 * seconds / SECONDS));
    }
}

package dev.throughline.localstack.stack;

import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** What a start tells the person watching: one line per part, in the order they become ready. */
public final class Progress {

    private final PrintStream out;

    public Progress(PrintStream out) {
        this.out = out;
    }

    /** Something worth a line. */
    public synchronized void say(String line) {
        out.println(line);
        out.flush();
    }

    /** A part is ready, {@code took} after it was started. */
    public void ready(String part, Duration took) {
        say(String.format(Locale.ROOT, "  %-22s ready   %5.1f s", part, took.toMillis() / 1000.0));
    }

    /** A part failed: its name, what happened, the end of its log and where all of it is. */
    public void failed(PartFailure failure) {
        say("");
        say(failure.part() + " " + failure.getMessage());
        List<String> lines = failure.lastLines();
        if (!lines.isEmpty()) {
            say("The last lines of its log:");
            lines.forEach(line -> say("    " + line));
        }
        failure.log().ifPresent(log -> say("Its whole log: " + log));
    }
}

package dev.throughline.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.Map;
import java.util.Set;

/**
 * {@code ./dev rebuild [--compare]}: makes the leads' read model anew from Kafka on the running stack and tells how far it is. With
 * {@code --compare} the copy is only compared. Exit status 0 when the copy was the same, 3 when it was another one.
 */
final class RebuildCommand {

    private static final String PATH = "/api/admin/rebuild";
    private static final int DIFFERENT = 3;
    private static final long LOOK_MILLIS = 500;

    private RebuildCommand() {}

    static int run(Settings settings, Arguments arguments, PrintStream out) throws IOException, InterruptedException {
        JsonHttp api = RunningApi.admin(settings);
        boolean swap = arguments.option("compare").isEmpty();
        try {
            api.post(PATH + "?swap=" + swap, Map.of());
        } catch (HttpFailure running) {
            if (running.status() != 409) {
                throw running;
            }
            out.println("A rebuild is running already; following it.");
        }
        JsonNode rebuild = api.get(PATH);
        String last = "";
        while (rebuild.path("state").asText().equals("running")) {
            String line = progress(rebuild);
            if (!line.equals(last)) {
                out.println(line);
                last = line;
            }
            Thread.sleep(LOOK_MILLIS);
            rebuild = api.get(PATH);
        }
        return told(rebuild, out);
    }

    static Set<String> switches() {
        return Set.of("compare");
    }

    private static String progress(JsonNode rebuild) {
        String problem = rebuild.path("problem").asText("");
        return "  " + rebuild.path("folded").asLong() + " of "
                + rebuild.path("total").asLong() + " records" + (problem.isEmpty() ? "" : "; waiting: " + problem);
    }

    private static int told(JsonNode rebuild, PrintStream out) {
        if (!rebuild.path("state").asText().equals("done")) {
            out.println("The rebuild was given up; the read model is as it was.");
            return 1;
        }
        long different = rebuild.path("different").asLong();
        out.println(rebuild.path("folded").asLong() + " records, "
                + rebuild.path("refused").asLong()
                + " of them dead letters; " + rebuild.path("leads").asLong() + " leads, " + different
                + (different == 1 ? " of them is another one" : " of them are others") + " in the copy.");
        rebuild.path("examples").forEach(lead -> out.println("  " + lead.asText()));
        out.println(
                rebuild.path("swap").asBoolean() ? "The copy is the read model now." : "The read model is as it was.");
        return different == 0 ? 0 : DIFFERENT;
    }
}

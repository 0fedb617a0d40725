package dev.throughline.localstack.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;

/**
 * {@code ./dev dead-letters}: the records that could not be processed, with their reasons. {@code ./dev dead-letters put-back PLACE},
 * with a place from the list or {@code all}, puts them back on the topic.
 */
final class DeadLettersCommand {

    private static final String PATH = "/api/admin/dead-letters";

    private DeadLettersCommand() {}

    static int run(Settings settings, Arguments arguments, PrintStream out) throws IOException {
        List<String> words = arguments.words();
        if (words.isEmpty()) {
            return list(RunningApi.admin(settings).get(PATH).path("deadLetters"), out);
        }
        if (words.size() != 2
                || !words.getFirst().equals("put-back")
                || !words.get(1).matches("all|\\d+/\\d+")) {
            throw new UsageException("./dev dead-letters put-back takes a place from the list, like 0/12, or all.");
        }
        JsonHttp api = RunningApi.admin(settings);
        String place = words.get(1);
        JsonNode done = api.post(PATH + (place.equals("all") ? "" : "/" + place) + "/put-back", Map.of());
        out.println(done.path("putBack").asInt() + " put back.");
        return 0;
    }

    private static int list(JsonNode letters, PrintStream out) {
        if (letters.isEmpty()) {
            out.println("There are no dead letters.");
        }
        letters.forEach(letter -> out.println(letter.path("partition").asInt() + "/"
                + letter.path("offset").asLong()
                + "  " + letter.path("at").asText() + "  " + letter.path("type").asText("no event") + "  from "
                + letter.path("from").asText("?") + "  " + letter.path("reason").asText("no reason told")
                + (letter.has("returnedAt") ? "  (put back)" : "")));
        return 0;
    }
}

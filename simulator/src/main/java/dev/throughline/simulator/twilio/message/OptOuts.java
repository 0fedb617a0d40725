package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.wire.StateFile;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who has texted STOP to whom. The block is per number of ours, or for the whole messaging service. Kept over restarts; at most
 * 10 000. Source: Twilio, <i>Advanced opt-out</i>, default words of long codes.
 */
final class OptOuts {

    private static final int MAX = 10_000;
    private static final Set<String> STOP =
            Set.of("STOP", "STOPALL", "UNSUBSCRIBE", "CANCEL", "END", "QUIT", "REVOKE", "OPTOUT");
    private static final Set<String> START = Set.of("START", "UNSTOP", "YES");
    private static final Set<String> HELP = Set.of("HELP", "INFO");

    private final StateFile state;
    private final Set<String> blocked = new LinkedHashSet<>();

    OptOuts(StateFile state) {
        this.state = state;
        state.load().getJsonArray("optOuts", new JsonArray()).forEach(each -> blocked.add((String) each));
    }

    /** What a text asks for: {@code STOP}, {@code START} or {@code HELP}; null for any other text. */
    static @Nullable String keyword(String body) {
        String word = body.strip().toUpperCase(Locale.ROOT);
        return STOP.contains(word) ? "STOP" : START.contains(word) ? "START" : HELP.contains(word) ? "HELP" : null;
    }

    synchronized boolean isBlocked(String sender, String recipient) {
        return blocked.contains(key(sender, recipient));
    }

    /** Follows a keyword of {@code recipient} to {@code sender} (a number or a messaging service of ours). */
    synchronized void follow(String keyword, String sender, String recipient) {
        boolean changed =
                switch (keyword) {
                    case "STOP" -> blocked.size() < MAX && blocked.add(key(sender, recipient));
                    case "START" -> blocked.remove(key(sender, recipient));
                    default -> false;
                };
        if (changed) {
            JsonArray all = new JsonArray();
            blocked.forEach(all::add);
            state.save(new JsonObject().put("optOuts", all));
        }
    }

    private static String key(String sender, String recipient) {
        return sender + "<" + recipient;
    }
}

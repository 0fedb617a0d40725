package dev.throughline.simulator.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What the real provider would have rejected or silently ignored, for {@code GET /_sim/report}. Keeps the newest 1000 and counts
 * the rest. An empty report is what tests of the services ask for.
 */
public final class Violations {

    private static final int CAPACITY = 1000;

    private final Deque<JsonObject> kept = new ArrayDeque<>();
    private long total;

    /**
     * Adds one.
     *
     * @param code the provider's own code where it has one, such as {@code 31951}; else a word
     * @param subject sid or id of the call, message or conversation concerned; empty when there is none
     * @param detail one sentence for a developer; no message bodies, no secrets
     */
    public synchronized void add(String code, String subject, String detail) {
        total++;
        if (kept.size() == CAPACITY) {
            kept.removeFirst();
        }
        kept.addLast(new JsonObject()
                .put("code", code)
                .put("subject", subject)
                .put("detail", detail)
                .put("at", Instant.now().toString()));
    }

    /** Forgets everything. */
    public synchronized void clear() {
        kept.clear();
        total = 0;
    }

    /** {@code {"total":n,"violations":[{code,subject,detail,at}…]}}, oldest first. */
    public synchronized JsonObject toJson() {
        JsonArray all = new JsonArray();
        kept.forEach(each -> all.add(each.copy()));
        return new JsonObject().put("total", total).put("violations", all);
    }
}

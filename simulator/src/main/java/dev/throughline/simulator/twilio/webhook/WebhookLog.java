package dev.throughline.simulator.twilio.webhook;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** The newest 2000 webhook attempts, for {@code GET /_sim/webhooks}. */
public final class WebhookLog {

    private static final int CAPACITY = 2000;

    private final Deque<JsonObject> entries = new ArrayDeque<>();

    synchronized void add(JsonObject entry) {
        if (entries.size() == CAPACITY) {
            entries.removeFirst();
        }
        entries.addLast(entry);
    }

    /** Attempts about {@code subject} (all when it is empty), oldest first. */
    public synchronized JsonArray toJson(String subject) {
        JsonArray all = new JsonArray();
        entries.stream()
                .filter(each -> subject.isEmpty() || subject.equals(each.getString("subject")))
                .forEach(each -> all.add(each.copy()));
        return all;
    }
}

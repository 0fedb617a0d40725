package dev.throughline.simulator.twilio.stream;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayDeque;
import java.util.Deque;

/** Counts and the newest 1000 mark and clear moments of one stream, for inspection. Times are ms since the stream began. */
public final class StreamStats {

    private static final int MAX_MOMENTS = 1000;

    private final Deque<JsonObject> marks = new ArrayDeque<>();
    private final Deque<JsonObject> clears = new ArrayDeque<>();
    private long framesSent;
    private long framesSkipped;
    private long maxGapMicros;
    private long messagesReceived;
    private long bytesReceived;
    private long invalidMessages;
    private long lastSentNanos;

    synchronized void frameSent(long nowNanos) {
        if (framesSent++ > 0) {
            maxGapMicros = Math.max(maxGapMicros, (nowNanos - lastSentNanos) / 1_000);
        }
        lastSentNanos = nowNanos;
    }

    synchronized void frameSkipped() {
        framesSkipped++;
    }

    synchronized void audioReceived(int bytes) {
        messagesReceived++;
        bytesReceived += bytes;
    }

    synchronized void invalidMessage() {
        invalidMessages++;
    }

    synchronized void markReceived(String name, long atMillis) {
        keep(marks, new JsonObject().put("name", name).put("receivedMs", atMillis));
    }

    synchronized void markEchoed(String name, long atMillis, boolean byClear) {
        for (JsonObject mark : marks) {
            if (name.equals(mark.getString("name")) && !mark.containsKey("echoedMs")) {
                mark.put("echoedMs", atMillis).put("byClear", byClear);
                return;
            }
        }
    }

    synchronized void cleared(long atMillis, int droppedMillis, int marksReturned) {
        keep(
                clears,
                new JsonObject()
                        .put("atMs", atMillis)
                        .put("droppedMs", droppedMillis)
                        .put("marksReturned", marksReturned));
    }

    /** Everything as JSON. */
    public synchronized JsonObject toJson() {
        return new JsonObject()
                .put("framesSent", framesSent)
                .put("framesSkipped", framesSkipped)
                .put("maxGapMs", maxGapMicros / 1_000.0)
                .put("mediaReceived", messagesReceived)
                .put("audioReceivedMs", bytesReceived / 8)
                .put("invalidMessages", invalidMessages)
                .put("marks", copy(marks))
                .put("clears", copy(clears));
    }

    private static void keep(Deque<JsonObject> moments, JsonObject moment) {
        if (moments.size() == MAX_MOMENTS) {
            moments.removeFirst();
        }
        moments.addLast(moment);
    }

    private static JsonArray copy(Deque<JsonObject> moments) {
        JsonArray all = new JsonArray();
        moments.forEach(each -> all.add(each.copy()));
        return all;
    }
}

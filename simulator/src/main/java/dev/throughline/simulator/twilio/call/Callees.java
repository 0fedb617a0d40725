package dev.throughline.simulator.twilio.call;

import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/** How people we call behave, by number; set by {@code POST /_sim/callees}. Who was not set answers and listens. At most 1000. */
final class Callees {

    private static final int MAX = 1000;

    private final ClipSource clips;
    private final Map<String, Callee> byNumber = new LinkedHashMap<>();

    Callees(ClipSource clips) {
        this.clips = clips;
    }

    /**
     * One person.
     *
     * @param outcome COMPLETED when the call is answered, else BUSY, NO_ANSWER or FAILED
     * @param ringMillis until the outcome
     * @param talkMillis how long a {@code <Dial>} to this person lasts
     * @param script what the person does on a call of ours
     */
    record Callee(CallStatus outcome, long ringMillis, long talkMillis, CallerScript script) {}

    synchronized Callee at(String number) {
        Callee callee = byNumber.get(number);
        return callee == null ? new Callee(CallStatus.COMPLETED, 300, 3_000, CallerScript.listening()) : callee;
    }

    /** Reads {@code {"number":…,"outcome":"answer|busy|no-answer|failed","ringMs":…,"talkMs":…,"script"|"steps":…}}. */
    synchronized void set(JsonObject json) {
        if (byNumber.size() >= MAX) {
            throw new IllegalArgumentException("more than " + MAX + " callees");
        }
        CallStatus outcome =
                switch (json.getString("outcome", "answer")) {
                    case "answer" -> CallStatus.COMPLETED;
                    case "busy" -> CallStatus.BUSY;
                    case "no-answer" -> CallStatus.NO_ANSWER;
                    case "failed" -> CallStatus.FAILED;
                    default -> throw new IllegalArgumentException("outcome must be answer, busy, no-answer or failed");
                };
        String number = json.getString("number");
        if (number == null) {
            throw new IllegalArgumentException("number is missing");
        }
        byNumber.put(
                number,
                new Callee(
                        outcome,
                        Math.clamp(json.getLong("ringMs", 300L), 0, 60_000),
                        Math.clamp(json.getLong("talkMs", 3_000L), 0, 600_000),
                        CallerScript.from(json, clips)));
    }
}

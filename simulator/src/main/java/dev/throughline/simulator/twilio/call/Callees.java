package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How those we call behave, by number, {@code client:…} or {@code sip:…}; set by {@code POST /_sim/callees}. Who was not set
 * answers and listens. At most 1000.
 */
final class Callees {

    /** Length of an answering machine's beep. */
    static final long BEEP_MILLIS = 400;

    private static final int MAX = 1000;
    private static final double BEEP_HERTZ = 1_000;
    private static final double GREETING_HERTZ = 300;
    private static final long MAX_RING_MILLIS = 600_000;

    private final ClipSource clips;
    private final Map<String, Callee> byAddress = new LinkedHashMap<>();

    Callees(ClipSource clips) {
        this.clips = clips;
    }

    /**
     * One person or machine.
     *
     * @param outcome COMPLETED when the call is answered, else BUSY, NO_ANSWER or FAILED
     * @param ringMillis until the outcome
     * @param talkMillis how long somebody without a script stays in a {@code <Dial>}
     * @param script what the callee does once the call is answered
     * @param scripted whether the script was given
     * @param answeredBy what answering-machine detection makes of a person, {@code human} as a rule
     * @param detectMillis how long it takes to find that out
     * @param machine how it answers when it is one; null for people
     */
    record Callee(
            CallStatus outcome,
            long ringMillis,
            long talkMillis,
            CallerScript script,
            boolean scripted,
            String answeredBy,
            long detectMillis,
            @Nullable Machine machine) {

        /** What the callee does when a {@code <Dial>} reached it: one without a script hangs up after the talk. */
        CallerScript dialledScript() {
            return scripted ? script : CallerScript.talking(talkMillis);
        }
    }

    /** An answering machine's greeting; it ends with a beep or with silence. */
    record Machine(long greetingMillis, boolean beeps) {}

    synchronized Callee at(String address) {
        Callee callee = byAddress.get(address);
        return callee == null
                ? new Callee(CallStatus.COMPLETED, 300, 3_000, CallerScript.listening(), false, "human", 500, null)
                : callee;
    }

    /** Sets one callee; the README has the fields. Throws {@link IllegalArgumentException} with what is wrong. */
    synchronized void set(JsonObject json) {
        if (byAddress.size() >= MAX) {
            throw new IllegalArgumentException("more than " + MAX + " callees");
        }
        String address = json.getString("number");
        if (address == null || CallAddress.parse(address).isEmpty()) {
            throw new IllegalArgumentException("number must be a number in E.164, client:… or sip:…");
        }
        String outcome = json.getString("outcome", "answer");
        boolean machine = outcome.equals("machine");
        byte[] greeting = machine ? greeting(json) : new byte[0];
        boolean beeps = json.getBoolean("beep", true);
        byAddress.put(
                address,
                new Callee(
                        status(outcome),
                        Math.clamp(json.getLong("ringMs", 300L), 0, MAX_RING_MILLIS),
                        Math.clamp(json.getLong("talkMs", 3_000L), 0, 600_000),
                        machine ? machine(json, greeting, beeps) : CallerScript.from(json, clips),
                        machine || json.containsKey("steps") || json.containsKey("script") || json.containsKey("audio"),
                        json.getString("answeredBy", "human"),
                        Math.clamp(json.getLong("detectMs", 500L), 0, 60_000),
                        machine ? new Machine(greeting.length / MuLaw.BYTES_PER_MILLI, beeps) : null));
    }

    private static CallStatus status(String outcome) {
        return switch (outcome) {
            case "answer", "machine" -> CallStatus.COMPLETED;
            case "busy" -> CallStatus.BUSY;
            case "no-answer" -> CallStatus.NO_ANSWER;
            case "failed" -> CallStatus.FAILED;
            default -> throw new IllegalArgumentException("outcome must be answer, machine, busy, no-answer or failed");
        };
    }

    private byte[] greeting(JsonObject json) {
        return json.getValue("greeting") instanceof String clip
                ? clips.caller(clip)
                : MuLaw.tone(GREETING_HERTZ, Math.clamp(json.getInteger("greetingMs", 2_000), 20, 60_000));
    }

    private static CallerScript machine(JsonObject json, byte[] greeting, boolean beeps) {
        byte[] beep = beeps ? MuLaw.tone(BEEP_HERTZ, (int) BEEP_MILLIS) : MuLaw.silence((int) BEEP_MILLIS);
        return CallerScript.machine(
                greeting, beep, Math.clamp(json.getLong("recordMs", 60_000L), 100, CallerStep.MAX_WAIT_MILLIS));
    }
}

package dev.throughline.simulator.twilio.call;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a simulated person does on a call. Shipped scripts are {@code resources/scripts/caller/<name>.json}: {@code
 * {"steps":[…]}}; the README lists the steps.
 */
record CallerScript(String name, List<CallerStep> steps) {

    private static final int MAX_STEPS = 500;
    private static final int MAX_LISTEN_MILLIS = 600_000;

    /** Somebody who answers or calls and only listens until the other side hangs up. */
    static CallerScript listening() {
        return new CallerScript(
                "listen", List.of(new CallerStep.Wait(CallerStep.Until.HANGUP, MAX_LISTEN_MILLIS, false)));
    }

    /** Nobody: the far end is not a person. */
    static CallerScript silent() {
        return new CallerScript("nobody", List.of());
    }

    /** Somebody who stays for a talk of that length and hangs up. */
    static CallerScript talking(long millis) {
        return new CallerScript("talk", List.of(new CallerStep.Pause(millis), new CallerStep.HangUp()));
    }

    /** An answering machine: speaks whether anybody listens or not, then takes a message. */
    static CallerScript machine(byte[] greeting, byte[] beep, long recordMillis) {
        return new CallerScript(
                "machine",
                List.of(
                        new CallerStep.Say("its greeting", greeting, true),
                        new CallerStep.Say("beep", beep, true),
                        new CallerStep.Wait(CallerStep.Until.HANGUP, recordMillis, true),
                        new CallerStep.HangUp()));
    }

    /** Reads the {@code script}, {@code steps} or {@code audio} of a control message; without any of them, just listens. */
    static CallerScript from(JsonObject request, ClipSource clips) {
        if (request.getValue("steps") instanceof JsonArray steps) {
            return new CallerScript("inline", steps(steps, clips));
        }
        if (request.getValue("script") instanceof String name) {
            return shipped(name, clips);
        }
        if (request.getValue("audio") instanceof String audio) {
            JsonArray steps = new JsonArray()
                    .add(new JsonObject()
                            .put("wait", "agent-finished")
                            .put("timeoutMs", 15_000)
                            .put("orContinue", true))
                    .add(new JsonObject().put("audio", audio))
                    .add(new JsonObject().put("wait", "hangup").put("timeoutMs", 60_000));
            return new CallerScript("audio", steps(steps, clips));
        }
        return listening();
    }

    private static CallerScript shipped(String name, ClipSource clips) {
        if (!name.matches("[a-z0-9-]{1,64}")) {
            throw new IllegalArgumentException("a script's name has only small letters, digits and hyphens");
        }
        try (InputStream in = CallerScript.class.getResourceAsStream("/scripts/caller/" + name + ".json")) {
            if (in == null) {
                throw new IllegalArgumentException("no caller script \"" + name + "\"");
            }
            JsonObject json = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
            return new CallerScript(name, steps(json.getJsonArray("steps"), clips));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<CallerStep> steps(JsonArray array, ClipSource clips) {
        if (array.size() > MAX_STEPS) {
            throw new IllegalArgumentException("more than " + MAX_STEPS + " steps");
        }
        List<CallerStep> steps = new ArrayList<>();
        for (Object each : array) {
            if (!(each instanceof JsonObject step)) {
                throw new IllegalArgumentException("a step is an object");
            }
            steps.add(CallerStep.from(step, clips));
        }
        return List.copyOf(steps);
    }
}

package dev.throughline.localstack.bench;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Tells the load process what to do, and measures one row with it. */
final class LoadControl {

    /** Caller frames may wait for the conversation to begin, the last ones are still on their way. */
    private static final Duration SETTLE = Duration.ofMillis(800);

    private static final Duration ALL_LIVE = Duration.ofSeconds(20);

    private final JsonHttp http;

    LoadControl(String baseUrl) {
        this.http = new JsonHttp(baseUrl, Map.of());
    }

    /** Whether it answers. */
    boolean isReady() {
        try {
            http.post("/_bench/state", Map.of());
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    /**
     * Calls through a relay.
     *
     * @param dialect ULAW, PCM or PLAIN, as the load process calls them
     * @param over from the first call to the last
     * @param warmUp how long all speak before the measurement; zero: it begins with the first call
     */
    record Load(String relay, String target, String dialect, int calls, Duration over, Duration warmUp) {}

    /**
     * Opens the calls and measures. They are still open afterwards, and silent.
     *
     * @param process the relay's, or nobody's
     */
    Measurement measure(Load load, Optional<ProcessFigures> process, Duration window)
            throws IOException, InterruptedException {
        long residentBefore = resident(process);
        http.post(
                "/_bench/calls",
                Map.of(
                        "target", load.target(),
                        "dialect", load.dialect(),
                        "calls", load.calls(),
                        "overMillis", load.over().toMillis()));
        if (!load.warmUp().isZero()) {
            Polling.until(ALL_LIVE, () -> allLive(load.calls()));
            Thread.sleep(load.warmUp());
        }
        http.post("/_bench/reset", Map.of());
        long from = System.nanoTime();
        Duration cpuBefore = cpu(process);
        Thread.sleep(window);
        Duration cpuAfter = cpu(process);
        JsonNode during = http.post("/_bench/state", Map.of());
        double seconds = (System.nanoTime() - from) / 1e9;
        long residentAfter = resident(process);
        if (load.warmUp().isZero()) {
            Polling.until(ALL_LIVE, () -> allLive(load.calls()));
        }
        speak(false);
        Thread.sleep(SETTLE);
        JsonNode after = http.post("/_bench/state", Map.of());
        return new Measurement(
                load.relay(),
                load.calls(),
                trouble(after),
                seconds,
                cpuAfter.minus(cpuBefore).toNanos() / 1e6,
                Measurement.Direction.of(during.path("toAgent"), after.path("toAgent")),
                Measurement.Direction.of(during.path("toCaller"), after.path("toCaller")),
                residentAfter,
                residentBefore,
                after.path("allLiveMillis").asDouble(),
                during.path("latenessP99Millis").asDouble());
    }

    /** Whether both ends of all calls speak. */
    void speak(boolean on) throws IOException {
        http.post("/_bench/speak", Map.of("on", on));
    }

    /** Ends all calls. */
    void hangUp() throws IOException, InterruptedException {
        http.post("/_bench/hang-up", Map.of());
        Thread.sleep(SETTLE);
    }

    private Optional<JsonNode> allLive(int calls) throws IOException {
        return Optional.of(http.post("/_bench/state", Map.of()))
                .filter(state -> state.path("live").asInt() == calls
                        || state.path("ended").asInt() > 0);
    }

    private static String trouble(JsonNode state) {
        int calls = state.path("calls").asInt();
        int live = state.path("live").asInt();
        int ended = state.path("ended").asInt();
        if (ended > 0) {
            return ended + " of " + calls + " calls ended, the first with: "
                    + state.path("firstEnd").asText();
        }
        return live == calls ? "" : (calls - live) + " of " + calls + " calls never began";
    }

    private static Duration cpu(Optional<ProcessFigures> process) {
        return process.map(ProcessFigures::cpu).orElse(Duration.ZERO);
    }

    private static long resident(Optional<ProcessFigures> process) throws IOException {
        return process.isPresent() ? process.get().residentBytes() : 0;
    }
}

package dev.throughline.simulator.twilio.call;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;

/**
 * How many calls REST may start: Twilio places one new call a second by default and lets the others wait. Off until set by {@code
 * POST /_sim/limits}. Source: Twilio, <i>Calls per second</i>.
 */
final class CallPace {

    private double callsPerSecond;
    private int concurrentCalls;
    private long nextNanos = System.nanoTime();

    /** Reads {@code {"callsPerSecond":1,"concurrentCalls":20}}; 0 or nothing is without the limit. */
    synchronized JsonObject set(JsonObject limits) {
        callsPerSecond = Math.max(0, limits.getDouble("callsPerSecond", 0.0));
        concurrentCalls = Math.max(0, limits.getInteger("concurrentCalls", 0));
        nextNanos = System.nanoTime();
        return new JsonObject().put("callsPerSecond", callsPerSecond).put("concurrentCalls", concurrentCalls);
    }

    /** Takes a turn; answers how many milliseconds the call has to wait for it. */
    synchronized long take() {
        if (callsPerSecond <= 0) {
            return 0;
        }
        long now = System.nanoTime();
        long turn = Math.max(now, nextNanos);
        nextNanos = turn + (long) (TimeUnit.SECONDS.toNanos(1) / callsPerSecond);
        return TimeUnit.NANOSECONDS.toMillis(turn - now);
    }

    /** Whether {@code live} calls leave room for one more. */
    synchronized boolean allows(long live) {
        return concurrentCalls == 0 || live < concurrentCalls;
    }
}

package dev.throughline.simulator.wire;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Faults waiting for the next messages they match, oldest first. Each hit uses one of a fault's count; at most 100 are armed. */
public final class FaultPlan {

    private static final int MAX_ARMED = 100;

    private final List<Fault> armed = new ArrayList<>();

    /**
     * One armed fault.
     *
     * @param kind what goes wrong, such as {@code duplicate} or {@code wrong-signature}
     * @param match which messages, a word of the stand-in such as {@code voice}; {@code *} is any
     * @param count messages still to be hit, at least 1
     * @param options the whole control message, for values only this kind knows (milliseconds, HTTP status…)
     */
    public record Fault(String kind, String match, int count, JsonObject options) {

        /** Reads {@code {"kind":…,"match":…,"count":…}}; match defaults to {@code *}, count to 1 and is capped at 10 000. */
        public static Fault from(JsonObject json) {
            String kind = json.getString("kind");
            if (kind == null || kind.isBlank()) {
                throw new IllegalArgumentException("kind is missing");
            }
            int count = Math.clamp(json.getInteger("count", 1), 1, 10_000);
            return new Fault(kind, json.getString("match", "*"), count, json.copy());
        }

        private Fault usedOnce() {
            return new Fault(kind, match, count - 1, options);
        }

        private JsonObject toJson() {
            return options.copy().put("kind", kind).put("match", match).put("count", count);
        }
    }

    /** Arms {@code fault}. Throws {@link IllegalStateException} when too many are armed already. */
    public synchronized void arm(Fault fault) {
        if (armed.size() >= MAX_ARMED) {
            throw new IllegalStateException("too many faults are armed");
        }
        armed.add(fault);
    }

    /** Takes one hit of the oldest fault of {@code kind} that matches any of {@code names}; empty when there is none. */
    public synchronized Optional<Fault> take(String kind, Set<String> names) {
        for (Iterator<Fault> each = armed.iterator(); each.hasNext(); ) {
            Fault fault = each.next();
            if (fault.kind().equals(kind) && (fault.match().equals("*") || names.contains(fault.match()))) {
                int at = armed.indexOf(fault);
                if (fault.count() <= 1) {
                    each.remove();
                } else {
                    armed.set(at, fault.usedOnce());
                }
                return Optional.of(fault);
            }
        }
        return Optional.empty();
    }

    /** As {@link #take(String, Set)} with one name. */
    public Optional<Fault> take(String kind, String name) {
        return take(kind, Set.of(name));
    }

    /** Disarms everything. */
    public synchronized void clear() {
        armed.clear();
    }

    /** The armed faults with the counts left. */
    public synchronized JsonArray toJson() {
        JsonArray all = new JsonArray();
        armed.forEach(fault -> all.add(fault.toJson()));
        return all;
    }
}

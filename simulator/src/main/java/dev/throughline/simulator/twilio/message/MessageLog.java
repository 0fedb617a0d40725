package dev.throughline.simulator.twilio.message;

import dev.throughline.simulator.twilio.account.TwilioError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The newest 50,000 texts of this run, both ways: more than an hour of steady load, because what is forgotten here cannot be compared with
 * what was told.
 */
final class MessageLog {

    private static final int CAPACITY = 50_000;

    private final Map<String, SimMessage> bySid = new LinkedHashMap<>();

    synchronized SimMessage put(SimMessage message) {
        if (!bySid.containsKey(message.sid()) && bySid.size() == CAPACITY) {
            bySid.remove(bySid.keySet().iterator().next());
        }
        bySid.put(message.sid(), message);
        return message;
    }

    synchronized Optional<SimMessage> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    SimMessage get(String sid) {
        return find(sid).orElseThrow(() -> TwilioError.notFound("/Messages/" + sid + ".json"));
    }

    synchronized void remove(String sid) {
        bySid.remove(sid);
    }

    /** Oldest first. */
    synchronized List<SimMessage> all() {
        return new ArrayList<>(bySid.values());
    }
}

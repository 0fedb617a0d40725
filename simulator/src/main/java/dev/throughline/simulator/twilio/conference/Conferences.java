package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rooms of this run: the live ones by name, at most 500, and the newest 200 that have ended. */
public final class Conferences {

    private static final int MAX_LIVE = 500;
    private static final int MAX_ENDED = 200;

    private final ConferenceEnvironment environment;
    private final Map<String, Conference> live = new LinkedHashMap<>();
    private final Map<String, Conference> ended = new LinkedHashMap<>();

    public Conferences(
            TwilioAccount account, Vertx vertx, WebhookSender webhooks, Violations violations, Recordings recordings) {
        this.environment = new ConferenceEnvironment(
                account, vertx, webhooks, violations, recordings, new Announcer(account, webhooks, violations), this);
    }

    ConferenceEnvironment environment() {
        return environment;
    }

    /** The live room of that name, made when there is none. */
    public synchronized Conference room(String name) {
        Conference found = live.get(name);
        if (found != null) {
            return found;
        }
        if (live.size() >= MAX_LIVE) {
            throw new IllegalStateException("more than " + MAX_LIVE + " conferences at once");
        }
        Conference room = new Conference(environment, name);
        live.put(name, room);
        return room;
    }

    /** A room by its sid, or a live one by its name. */
    synchronized Optional<Conference> find(String sidOrName) {
        return all().stream()
                .filter(each -> each.sid().equals(sidOrName))
                .findFirst()
                .or(() -> Optional.ofNullable(live.get(sidOrName)));
    }

    /** Every room kept, newest first. */
    synchronized List<Conference> all() {
        List<Conference> all = new ArrayList<>(ended.values());
        all.addAll(live.values());
        return all.reversed();
    }

    /** Called by a room when it ends: its name is free again. */
    synchronized void ended(Conference room) {
        live.remove(room.friendlyName(), room);
        if (ended.size() == MAX_ENDED) {
            ended.remove(ended.keySet().iterator().next());
        }
        ended.put(room.sid(), room);
    }
}

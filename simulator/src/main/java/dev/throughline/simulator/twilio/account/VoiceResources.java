package dev.throughline.simulator.twilio.account;

import dev.throughline.simulator.wire.StateFile;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All resources of one kind, with their REST side. At most 1000, as Twilio allows of TwiML Apps; every change is stored. */
public final class VoiceResources {

    private static final int MAX = 1000;

    private final TwilioAccount account;
    private final ResourceKind kind;
    private final StateFile state;
    private final Map<String, VoiceResource> bySid = new LinkedHashMap<>();

    /** Loads what an earlier run stored; blocks for the file. */
    public VoiceResources(TwilioAccount account, ResourceKind kind, StateFile state) {
        this.account = account;
        this.kind = kind;
        this.state = state;
        for (Object each : state.load().getJsonArray(kind.listKey(), new JsonArray())) {
            VoiceResource resource = VoiceResource.fromState(kind, (JsonObject) each);
            bySid.put(resource.sid(), resource);
        }
    }

    public synchronized Optional<VoiceResource> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** The first one with this name: FriendlyName of an app, DomainName of a domain. */
    public synchronized Optional<VoiceResource> named(String name) {
        return bySid.values().stream()
                .filter(each -> name.equals(each.setting(kind.nameSetting())))
                .findFirst();
    }

    /** {@code POST} to the list. */
    public synchronized JsonObject create(MultiMap form) {
        if (bySid.size() >= MAX) {
            throw new TwilioError(400, 20001, "more than " + MAX + " of " + kind.path());
        }
        Map<String, String> settings = SettingsForm.read(form, kind.settings());
        if (kind == ResourceKind.SIP_DOMAIN
                && settings.getOrDefault("DomainName", "").isEmpty()) {
            throw new TwilioError(400, 20001, "DomainName is required");
        }
        Instant now = Instant.now();
        return store(new VoiceResource(kind, Sids.next(kind.prefix()), settings, now, now))
                .toRest(account);
    }

    /** Puts one there under a sid that is already known elsewhere, as if it had been made before; replaces an older one. */
    public synchronized JsonObject put(String sid, MultiMap form) {
        if (!sid.matches(kind.prefix() + "[0-9a-f]{32}")) {
            throw new IllegalArgumentException("sid must be " + kind.prefix() + " and 32 hex digits");
        }
        Instant now = Instant.now();
        return store(new VoiceResource(kind, sid, SettingsForm.read(form, kind.settings()), now, now))
                .toRest(account);
    }

    /** {@code POST} to one. */
    public synchronized JsonObject update(String sid, MultiMap form) {
        return store(get(sid).with(SettingsForm.read(form, kind.settings()))).toRest(account);
    }

    /** {@code GET} of one. */
    public synchronized JsonObject fetch(String sid) {
        return get(sid).toRest(account);
    }

    /** {@code DELETE} of one. */
    public synchronized void delete(String sid) {
        get(sid);
        bySid.remove(sid);
        save();
    }

    /** {@code GET} of the list, filtered by {@code FriendlyName} when given. */
    public synchronized JsonObject list(MultiMap query) {
        String name = query.get("FriendlyName");
        List<JsonObject> found = bySid.values().stream()
                .filter(each -> name == null || name.equals(each.setting("FriendlyName")))
                .map(each -> each.toRest(account))
                .toList();
        return RestPage.of(account, kind.path(), kind.listKey(), found);
    }

    private VoiceResource get(String sid) {
        return find(sid).orElseThrow(() -> TwilioError.notFound(account.path(kind.path() + "/" + sid + ".json")));
    }

    private VoiceResource store(VoiceResource resource) {
        bySid.put(resource.sid(), resource);
        save();
        return resource;
    }

    private void save() {
        JsonArray all = new JsonArray();
        bySid.values().forEach(each -> all.add(each.toState()));
        state.save(new JsonObject().put(kind.listKey(), all));
    }
}

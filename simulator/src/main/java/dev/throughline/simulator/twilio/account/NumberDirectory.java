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
import org.jspecify.annotations.Nullable;

/** The account's phone numbers and the IncomingPhoneNumbers resource over them. At most 1000; every change is stored. */
public final class NumberDirectory {

    private static final int MAX_NUMBERS = 1000;

    private final TwilioAccount account;
    private final StateFile state;
    private final Map<String, OwnNumber> bySid = new LinkedHashMap<>();

    /** Loads what an earlier run stored; blocks for the file. */
    public NumberDirectory(TwilioAccount account, StateFile state) {
        this.account = account;
        this.state = state;
        for (Object each : state.load().getJsonArray("numbers", new JsonArray())) {
            OwnNumber number = OwnNumber.fromState((JsonObject) each);
            bySid.put(number.sid(), number);
        }
    }

    /** The number in E.164, when the account owns it. */
    public synchronized Optional<OwnNumber> find(String phoneNumber) {
        return bySid.values().stream()
                .filter(each -> each.phoneNumber().equals(phoneNumber))
                .findFirst();
    }

    /** The first number that sends for a messaging service. */
    public synchronized Optional<OwnNumber> ofService(String messagingServiceSid) {
        return bySid.values().stream()
                .filter(each -> messagingServiceSid.equals(each.setting("MessagingServiceSid")))
                .findFirst();
    }

    /** Every number that sends for a messaging service. */
    synchronized List<OwnNumber> inService(String messagingServiceSid) {
        return bySid.values().stream()
                .filter(each -> messagingServiceSid.equals(each.setting("MessagingServiceSid")))
                .toList();
    }

    /** The number with this PN…. */
    synchronized Optional<OwnNumber> bySid(@Nullable String sid) {
        return Optional.ofNullable(sid).map(bySid::get);
    }

    /** {@code POST IncomingPhoneNumbers.json}. */
    public synchronized JsonObject create(MultiMap form) {
        String phoneNumber = form.get("PhoneNumber");
        if (phoneNumber == null || !PhoneNumbers.isE164(phoneNumber)) {
            throw new TwilioError(400, 21421, "PhoneNumber is invalid");
        }
        if (find(phoneNumber).isPresent() || bySid.size() >= MAX_NUMBERS) {
            throw new TwilioError(400, 21422, phoneNumber + " is not available");
        }
        Instant now = Instant.now();
        OwnNumber number =
                new OwnNumber(Sids.next("PN"), phoneNumber, SettingsForm.read(form, OwnNumber.SETTINGS), now, now);
        return store(number).toRest(account);
    }

    /** {@code POST IncomingPhoneNumbers/{sid}.json}. */
    public synchronized JsonObject update(String sid, MultiMap form) {
        return store(get(sid).with(SettingsForm.read(form, OwnNumber.SETTINGS))).toRest(account);
    }

    /** {@code GET IncomingPhoneNumbers/{sid}.json}. */
    public synchronized JsonObject fetch(String sid) {
        return get(sid).toRest(account);
    }

    /** {@code DELETE IncomingPhoneNumbers/{sid}.json}. */
    public synchronized void delete(String sid) {
        get(sid);
        bySid.remove(sid);
        save();
    }

    /** {@code GET IncomingPhoneNumbers.json}, filtered by {@code PhoneNumber} and {@code FriendlyName} when given. */
    public synchronized JsonObject list(@Nullable String phoneNumber, @Nullable String friendlyName) {
        List<JsonObject> found = bySid.values().stream()
                .filter(each -> phoneNumber == null || each.phoneNumber().contains(phoneNumber.strip()))
                .map(each -> each.toRest(account))
                .filter(each -> friendlyName == null || friendlyName.equals(each.getString("friendly_name")))
                .toList();
        return RestPage.of(account, "IncomingPhoneNumbers", "incoming_phone_numbers", found);
    }

    /**
     * Puts a number into a messaging service or out of it (null); what the Messaging API and the Twilio console do, in one step.
     *
     * @param advancedOptOut whether the service sends {@code OptOutType}
     */
    public synchronized void useService(String phoneNumber, @Nullable String serviceSid, boolean advancedOptOut) {
        OwnNumber number = find(phoneNumber).orElseThrow(() -> TwilioError.notFound(phoneNumber));
        store(number.with(Map.of(
                "MessagingServiceSid",
                serviceSid == null ? "" : serviceSid,
                "AdvancedOptOut",
                String.valueOf(advancedOptOut))));
    }

    private OwnNumber get(String sid) {
        OwnNumber number = bySid.get(sid);
        if (number == null) {
            throw TwilioError.notFound(account.path("IncomingPhoneNumbers/" + sid + ".json"));
        }
        return number;
    }

    private OwnNumber store(OwnNumber number) {
        bySid.put(number.sid(), number);
        save();
        return number;
    }

    private void save() {
        JsonArray numbers = new JsonArray();
        bySid.values().forEach(each -> numbers.add(each.toState()));
        state.save(new JsonObject().put("numbers", numbers));
    }
}

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

/**
 * Messaging services ({@code /v1/Services} of Twilio's Messaging API) and the numbers in them. A service that a number was put into without
 * being made first is there with Twilio's defaults, and leaves texts to the number's own webhook. At most 100; every change is stored.
 */
public final class MessagingServices {

    private static final int MAX = 100;
    private static final List<String> SETTINGS = List.of(
            "FriendlyName",
            "InboundRequestUrl",
            "InboundMethod",
            "FallbackUrl",
            "FallbackMethod",
            "StatusCallback",
            "UseInboundWebhookOnNumber");

    private final TwilioAccount account;
    private final NumberDirectory numbers;
    private final StateFile state;
    private final Map<String, Map<String, String>> bySid = new LinkedHashMap<>();

    /** Loads what an earlier run stored; blocks for the file. */
    public MessagingServices(TwilioAccount account, NumberDirectory numbers, StateFile state) {
        this.account = account;
        this.numbers = numbers;
        this.state = state;
        JsonObject stored = state.load().getJsonObject("services", new JsonObject());
        for (String sid : stored.fieldNames()) {
            Map<String, String> settings = new LinkedHashMap<>();
            stored.getJsonObject(sid).forEach(each -> settings.put(each.getKey(), (String) each.getValue()));
            bySid.put(sid, settings);
        }
    }

    /** Where the service wants its texts; empty when it leaves them to the number. */
    public synchronized Optional<Inbound> inbound(@Nullable String sid) {
        Map<String, String> settings = sid == null ? null : bySid.get(sid);
        if (settings == null
                || "true".equalsIgnoreCase(settings.get("UseInboundWebhookOnNumber"))
                || settings.getOrDefault("InboundRequestUrl", "").isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(
                new Inbound(settings.get("InboundRequestUrl"), settings.getOrDefault("InboundMethod", "POST")));
    }

    /** A webhook for texts. */
    public record Inbound(String url, String method) {}

    /** {@code POST /v1/Services}. */
    public synchronized JsonObject create(MultiMap form) {
        if (bySid.size() >= MAX || form.get("FriendlyName") == null) {
            throw new TwilioError(400, 20001, "FriendlyName is required, and there are at most " + MAX);
        }
        String sid = Sids.next("MG");
        bySid.put(sid, new LinkedHashMap<>(SettingsForm.read(form, SETTINGS)));
        save();
        return json(sid);
    }

    /** {@code POST /v1/Services/{sid}}. */
    public synchronized JsonObject update(String sid, MultiMap form) {
        settings(sid).putAll(SettingsForm.read(form, SETTINGS));
        save();
        return json(sid);
    }

    /** {@code GET /v1/Services/{sid}}. */
    public synchronized JsonObject fetch(String sid) {
        settings(sid);
        return json(sid);
    }

    /** {@code GET /v1/Services}. */
    public synchronized JsonObject list() {
        return page("services", bySid.keySet().stream().map(this::json).toList());
    }

    /** {@code GET /v1/Services/{sid}/PhoneNumbers}. */
    public synchronized JsonObject senders(String sid) {
        settings(sid);
        return page(
                "phone_numbers",
                numbers.inService(sid).stream()
                        .map(number -> sender(sid, number))
                        .toList());
    }

    /** {@code POST /v1/Services/{sid}/PhoneNumbers}. */
    public synchronized JsonObject addSender(String sid, MultiMap form) {
        settings(sid);
        OwnNumber number = numbers.bySid(form.get("PhoneNumberSid"))
                .orElseThrow(() -> new TwilioError(400, 21712, "Phone Number " + form.get("PhoneNumberSid")));
        if (number.setting("MessagingServiceSid") != null) {
            throw new TwilioError(409, 21710, "Phone Number is already in a Messaging Service");
        }
        numbers.useService(number.phoneNumber(), sid, false);
        return sender(sid, number);
    }

    private Map<String, String> settings(@Nullable String sid) {
        if (sid == null || !bySid.containsKey(sid) && numbers.ofService(sid).isEmpty()) {
            throw TwilioError.notFound("/v1/Services/" + sid);
        }
        return bySid.computeIfAbsent(
                sid, made -> new LinkedHashMap<>(Map.of("FriendlyName", sid, "UseInboundWebhookOnNumber", "true")));
    }

    private JsonObject json(String sid) {
        Map<String, String> settings = bySid.get(sid);
        String now =
                Instant.now().truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        return new JsonObject()
                .put("sid", sid)
                .put("account_sid", account.sid())
                .put("friendly_name", settings.get("FriendlyName"))
                .put("inbound_request_url", settings.get("InboundRequestUrl"))
                .put("inbound_method", settings.getOrDefault("InboundMethod", "POST"))
                .put("fallback_url", settings.get("FallbackUrl"))
                .put("fallback_method", settings.getOrDefault("FallbackMethod", "POST"))
                .put("status_callback", settings.get("StatusCallback"))
                .put(
                        "use_inbound_webhook_on_number",
                        "true".equalsIgnoreCase(settings.get("UseInboundWebhookOnNumber")))
                .put("sticky_sender", true)
                .put("smart_encoding", true)
                .put("mms_converter", true)
                .put("fallback_to_long_code", true)
                .put("area_code_geomatch", true)
                .put("validity_period", 14400)
                .put("synchronous_validation", false)
                .put("scan_message_content", "inherit")
                .put("usecase", "undeclared")
                .put("us_app_to_person_registered", false)
                .put("date_created", now)
                .put("date_updated", now)
                .put("url", "https://messaging.twilio.com/v1/Services/" + sid)
                .put("links", new JsonObject());
    }

    private JsonObject sender(String sid, OwnNumber number) {
        return new JsonObject()
                .put("sid", number.sid())
                .put("account_sid", account.sid())
                .put("service_sid", sid)
                .put("phone_number", number.phoneNumber())
                .put("country_code", "US")
                .put("capabilities", new JsonArray().add("SMS"))
                .put("url", "https://messaging.twilio.com/v1/Services/" + sid + "/PhoneNumbers/" + number.sid());
    }

    private static JsonObject page(String key, List<JsonObject> all) {
        String url = "https://messaging.twilio.com/v1/Services";
        return new JsonObject()
                .put(key, new JsonArray(all))
                .put(
                        "meta",
                        new JsonObject()
                                .put("page", 0)
                                .put("page_size", 50)
                                .put("first_page_url", url)
                                .put("previous_page_url", null)
                                .put("url", url)
                                .put("next_page_url", null)
                                .put("key", key));
    }

    private void save() {
        JsonObject services = new JsonObject();
        bySid.forEach((sid, settings) -> services.put(sid, new JsonObject(new LinkedHashMap<>(settings))));
        state.save(new JsonObject().put("services", services));
    }
}

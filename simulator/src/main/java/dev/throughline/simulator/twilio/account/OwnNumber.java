package dev.throughline.simulator.twilio.account;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A phone number of the account with its webhook addresses.
 *
 * @param settings values by REST parameter name ({@code VoiceUrl}, {@code SmsMethod}…); {@code MessagingServiceSid} and {@code
 *     AdvancedOptOut} are the stand-in's own
 */
public record OwnNumber(
        String sid, String phoneNumber, Map<String, String> settings, Instant created, Instant updated) {

    /** REST parameters a number takes. */
    static final List<String> SETTINGS = List.of(
            "FriendlyName",
            "VoiceUrl",
            "VoiceMethod",
            "VoiceFallbackUrl",
            "VoiceFallbackMethod",
            "StatusCallback",
            "StatusCallbackMethod",
            "SmsUrl",
            "SmsMethod",
            "SmsFallbackUrl",
            "SmsFallbackMethod");

    /** A URL or other setting; null when unset or empty. */
    public @Nullable String setting(String name) {
        String value = settings.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    /** {@code GET} or {@code POST}; Twilio's default is POST. */
    public String method(String name) {
        String value = setting(name);
        return value == null ? "POST" : value;
    }

    OwnNumber with(Map<String, String> changes) {
        Map<String, String> merged = new LinkedHashMap<>(settings);
        merged.putAll(changes);
        return new OwnNumber(sid, phoneNumber, Map.copyOf(merged), created, Instant.now());
    }

    JsonObject toState() {
        return new JsonObject()
                .put("sid", sid)
                .put("phoneNumber", phoneNumber)
                .put("settings", new JsonObject(new LinkedHashMap<>(settings)))
                .put("created", created.toString())
                .put("updated", updated.toString());
    }

    static OwnNumber fromState(JsonObject json) {
        Map<String, String> settings = new LinkedHashMap<>();
        json.getJsonObject("settings").forEach(each -> settings.put(each.getKey(), (String) each.getValue()));
        return new OwnNumber(
                json.getString("sid"),
                json.getString("phoneNumber"),
                Map.copyOf(settings),
                Instant.parse(json.getString("created")),
                Instant.parse(json.getString("updated")));
    }

    /** The IncomingPhoneNumber resource. */
    JsonObject toRest(TwilioAccount account) {
        return new JsonObject()
                .put("account_sid", account.sid())
                .putNull("address_sid")
                .put("address_requirements", "none")
                .put("api_version", "2010-04-01")
                .put("beta", false)
                .put(
                        "capabilities",
                        new JsonObject()
                                .put("voice", true)
                                .put("sms", true)
                                .put("mms", true)
                                .put("fax", false))
                .put("date_created", TwilioTime.rfc2822(created))
                .put("date_updated", TwilioTime.rfc2822(updated))
                .put("friendly_name", settings.getOrDefault("FriendlyName", PhoneNumbers.formatted(phoneNumber)))
                .putNull("identity_sid")
                .put("phone_number", phoneNumber)
                .put("origin", "twilio")
                .put("sid", sid)
                .put("sms_application_sid", "")
                .put("sms_fallback_method", method("SmsFallbackMethod"))
                .put("sms_fallback_url", settings.getOrDefault("SmsFallbackUrl", ""))
                .put("sms_method", method("SmsMethod"))
                .put("sms_url", settings.getOrDefault("SmsUrl", ""))
                .put("status_callback", settings.getOrDefault("StatusCallback", ""))
                .put("status_callback_method", method("StatusCallbackMethod"))
                .putNull("trunk_sid")
                .put("uri", account.path("IncomingPhoneNumbers/" + sid + ".json"))
                .put("voice_receive_mode", "voice")
                .put("voice_application_sid", "")
                .put("voice_caller_id_lookup", false)
                .put("voice_fallback_method", method("VoiceFallbackMethod"))
                .put("voice_fallback_url", settings.getOrDefault("VoiceFallbackUrl", ""))
                .put("voice_method", method("VoiceMethod"))
                .put("voice_url", settings.getOrDefault("VoiceUrl", ""))
                .put("emergency_status", "Inactive")
                .putNull("emergency_address_sid")
                .put("emergency_address_status", "unregistered")
                .putNull("bundle_sid")
                .put("status", "in-use");
    }
}

package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** The demo tenant's number at Twilio: IncomingPhoneNumbers of the REST API. */
final class TwilioNumbers {

    private final JsonHttp api;
    private final String resource;
    private final String appBaseUrl;

    TwilioNumbers(JsonHttp api, String accountSid, String appBaseUrl) {
        this.api = api;
        this.resource = "/2010-04-01/Accounts/" + accountSid + "/IncomingPhoneNumbers";
        this.appBaseUrl = appBaseUrl;
    }

    /** Makes the number, or brings its webhooks up to date; returns its PN… */
    String ensure(String phoneNumber) throws IOException {
        Map<String, String> webhooks = Map.of(
                "FriendlyName",
                DemoSeed.NAME,
                "VoiceUrl",
                appBaseUrl + "/api/webhooks/twilio/elevenlabs",
                "VoiceMethod",
                "POST",
                "StatusCallback",
                appBaseUrl + "/api/webhooks/twilio/status",
                "StatusCallbackMethod",
                "POST",
                "SmsUrl",
                appBaseUrl + "/api/webhooks/twilio/sms/incoming",
                "SmsMethod",
                "POST");
        JsonNode found = api.get(resource + ".json?PhoneNumber=" + JsonHttp.encoded(phoneNumber))
                .path("incoming_phone_numbers");
        if (!found.isEmpty()) {
            String sid = found.get(0).path("sid").asText();
            api.postForm(resource + "/" + sid + ".json", webhooks);
            return sid;
        }
        Map<String, String> form = new LinkedHashMap<>(webhooks);
        form.put("PhoneNumber", phoneNumber);
        return api.postForm(resource + ".json", form).path("sid").asText();
    }
}

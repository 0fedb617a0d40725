package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.util.Map;

/** The TwiML App behind browser calls and the agent's leg in a conference: Applications of Twilio's REST API. */
final class TwimlApps {

    private static final String NAME = "Throughline";

    private final JsonHttp api;
    private final String resource;
    private final String appBaseUrl;

    TwimlApps(JsonHttp api, String accountSid, String appBaseUrl) {
        this.api = api;
        this.resource = "/2010-04-01/Accounts/" + accountSid + "/Applications";
        this.appBaseUrl = appBaseUrl;
    }

    /** Makes the app, or brings its address up to date; returns its AP…. */
    String ensure() throws IOException {
        Map<String, String> form = Map.of(
                "FriendlyName",
                NAME,
                "VoiceUrl",
                appBaseUrl + "/api/twilio/conference-elevenlabs",
                "VoiceMethod",
                "POST",
                "StatusCallback",
                appBaseUrl + "/api/webhooks/twilio/status",
                "StatusCallbackMethod",
                "POST");
        JsonNode found = api.get(resource + ".json?FriendlyName=" + NAME).path("applications");
        if (found.isEmpty()) {
            return api.postForm(resource + ".json", form).path("sid").asText();
        }
        String sid = found.get(0).path("sid").asText();
        api.postForm(resource + "/" + sid + ".json", form);
        return sid;
    }
}

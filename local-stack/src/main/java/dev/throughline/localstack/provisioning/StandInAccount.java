package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import java.io.IOException;
import java.util.Map;

/** What a customer has at Twilio before anything is provisioned: a bought number, and a TwiML App whose id is configured. */
final class StandInAccount {

    private final JsonHttp api;
    private final String account;

    StandInAccount(JsonHttp api, String accountSid) {
        this.api = api;
        this.account = "/2010-04-01/Accounts/" + accountSid;
    }

    /** Buys the number, if the account does not have it; returns its PN… */
    String number(String phoneNumber) throws IOException {
        String numbers = account + "/IncomingPhoneNumbers.json";
        JsonNode found = api.get(numbers + "?PhoneNumber=" + JsonHttp.encoded(phoneNumber))
                .path("incoming_phone_numbers");
        return found.isEmpty()
                ? api.postForm(numbers, Map.of("PhoneNumber", phoneNumber, "FriendlyName", DemoSeed.NAME))
                        .path("sid")
                        .asText()
                : found.get(0).path("sid").asText();
    }

    /** Puts an app there under the sid that the services are configured with. */
    void app(String sid) throws IOException {
        try {
            api.get(account + "/Applications/" + sid + ".json");
        } catch (HttpFailure failure) {
            if (failure.status() != 404) {
                throw failure;
            }
            api.post("/_sim/applications", Map.of("sid", sid, "FriendlyName", "Throughline"));
        }
    }
}

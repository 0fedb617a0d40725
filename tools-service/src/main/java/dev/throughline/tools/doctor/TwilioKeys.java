package dev.throughline.tools.doctor;

import dev.throughline.platform.twilio.TwilioConfig;
import dev.throughline.platform.twilio.TwilioCredentials;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Optional;

/** Whether Twilio accepts the auth token and the API key as the account's. Blocking, for a virtual thread. */
@Singleton
class TwilioKeys {

    private final TwilioConfig config;
    private final HttpClient http;

    @Inject
    TwilioKeys(TwilioConfig config) {
        this.config = config;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(config.connectTimeout())
                .build();
    }

    List<Check> checks() {
        return List.of(token(), apiKey());
    }

    /** The auth token signs every webhook, whatever REST requests are authenticated with. */
    private Check token() {
        String id = "credentials.twilio";
        String title = "Twilio's auth token is the account's";
        String cure =
                "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the account's SID and its primary token, at every service.";
        Optional<TwilioCredentials> token = pair(config.accountSid(), config.authToken());
        return token.isEmpty()
                ? Check.fault(id, title, "It is not set, so every webhook of Twilio's is refused.", cure)
                : asked(id, title, token.get(), ".json", "Twilio accepts it.", cure);
    }

    /**
     * The API key signs the tokens with which a browser takes calls; only a Standard or Main key may (Twilio, <i>Access Tokens</i>). An API
     * key may not read the account itself, so its numbers are asked for.
     */
    private Check apiKey() {
        String id = "credentials.twilio.api-key";
        String title = "Twilio's API key signs browser tokens";
        String cure =
                "Make a Standard API key in the account, in the region in use, and set TWILIO_API_KEY and TWILIO_API_SECRET at every service.";
        Optional<TwilioCredentials> key = pair(config.apiKey(), config.apiSecret());
        return key.isEmpty()
                ? Check.warning(id, title, "There is none, so nobody can take a call in the browser.", cure)
                : asked(
                        id,
                        title,
                        key.get(),
                        "/IncomingPhoneNumbers.json?PageSize=1",
                        "Twilio accepts it. That it is no Restricted key, which could not sign, Twilio does not tell.",
                        cure);
    }

    private Optional<TwilioCredentials> pair(Optional<String> user, Optional<String> password) {
        Optional<String> account = given(config.accountSid());
        return given(user)
                .filter(one -> given(password).isPresent() && account.isPresent())
                .map(one -> new TwilioCredentials(account.orElseThrow(), one, password.orElseThrow()));
    }

    private static Optional<String> given(Optional<String> value) {
        return value.filter(one -> !one.isBlank());
    }

    private Check asked(String id, String title, TwilioCredentials who, String what, String good, String cure) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(
                        config.apiBaseUrl().replaceAll("/$", "") + "/2010-04-01/Accounts/" + who.accountSid() + what))
                .timeout(config.readTimeout())
                .header("Authorization", who.basic())
                .build();
        try {
            int status =
                    http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            return switch (status) {
                case 200 -> Check.ok(id, title, good);
                case 401, 403, 404 -> Check.fault(id, title, "Twilio refuses it.", cure);
                default ->
                    Check.warning(id, title, "Twilio answers " + status + ".", "Try again; see status.twilio.com.");
            };
        } catch (IOException away) {
            return Check.fault(id, title, "Twilio is not reached.", "Check TWILIO_API_BASE_URL and the network.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Check.warning(id, title, "The check was interrupted.", "Try again.");
        }
    }
}

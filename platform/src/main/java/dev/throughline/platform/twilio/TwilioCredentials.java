package dev.throughline.platform.twilio;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What REST requests are authenticated with: the API key where there is one, else the account and its token.
 *
 * @param password never printed
 */
public record TwilioCredentials(String accountSid, String user, String password) {

    /** The credentials of this installation; empty when it has none. */
    public static Optional<TwilioCredentials> of(TwilioConfig config) {
        boolean key = config.apiKey().isPresent() && config.apiSecret().isPresent();
        Optional<String> user = key ? config.apiKey() : config.accountSid();
        Optional<String> password = key ? config.apiSecret() : config.authToken();
        if (user.isEmpty() || password.isEmpty() || config.accountSid().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TwilioCredentials(config.accountSid().get(), user.get(), password.get()));
    }

    /** The value of an Authorization header. */
    public String basic() {
        return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "TwilioCredentials[" + accountSid + "]";
    }
}

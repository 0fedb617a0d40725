package dev.throughline.simulator.twilio.account;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Credentials of the account.
 *
 * @param sid {@code AC…}
 * @param authToken Basic auth password for {@code sid} and the key webhooks are signed with
 * @param apiKey {@code SK…} also accepted as user name; null when none
 * @param apiSecret password for {@code apiKey}
 */
public record TwilioAccount(
        String sid,
        String authToken,
        @Nullable String apiKey,
        @Nullable String apiSecret) {

    /** Whether an Authorization header (null when absent) carries one of the account's credentials. */
    public boolean accepts(@Nullable String authorization) {
        if (authorization == null || !authorization.startsWith("Basic ")) {
            return false;
        }
        return matches(authorization, sid, authToken)
                || (apiKey != null && apiSecret != null && matches(authorization, apiKey, apiSecret));
    }

    private static boolean matches(String authorization, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        String expected = "Basic " + Base64.getEncoder().encodeToString(pair);
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), authorization.getBytes(StandardCharsets.UTF_8));
    }

    /** Path of a resource of this account, such as {@code /2010-04-01/Accounts/AC…/Calls/CA….json}. */
    public String path(String tail) {
        return "/2010-04-01/Accounts/" + sid + "/" + tail;
    }
}

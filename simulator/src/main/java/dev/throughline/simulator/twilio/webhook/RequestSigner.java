package dev.throughline.simulator.twilio.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Twilio's request signature: {@code base64(HMAC-SHA1(authToken, url + name1 + value1 + name2 + value2 …))} with the names
 * sorted and the values decoded. Source: Twilio, <i>Security</i>, "Validating requests".
 */
public final class RequestSigner {

    private final SecretKeySpec key;

    /** A signer with the account's primary auth token. */
    public RequestSigner(String authToken) {
        this.key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /** The signature of a form POST, or of a GET or a WebSocket upgrade when there are no parameters. */
    public String sign(String url, Map<String, String> parameters) {
        StringBuilder text = new StringBuilder(url);
        new TreeMap<>(parameters).forEach((name, value) -> text.append(name).append(value));
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return Base64.getEncoder()
                    .encodeToString(mac.doFinal(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 is part of every JDK", e);
        }
    }

    /** A signature that is well formed and wrong. */
    public String forge(String url, Map<String, String> parameters) {
        return sign(url + "#forged", parameters);
    }
}

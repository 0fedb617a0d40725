package dev.throughline.simulator.twilio.account;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks the access tokens a service gives to browsers as Twilio does when the Voice SDK connects. Source: Twilio, <i>Access
 * Tokens</i>. Refusals are {@link TwilioError}s with 20101 (not such a token), 20103 (issuer or account), 20104 (expired, or
 * valid for over 24 h), 20105 (not valid yet), 20106 (grants) and 20107 (signature).
 */
public final class AccessTokens {

    private static final long MAX_SECONDS = 24 * 60 * 60;
    private static final long SLACK_SECONDS = 60;

    private final TwilioAccount account;

    public AccessTokens(TwilioAccount account) {
        this.account = account;
    }

    /**
     * What a token allows.
     *
     * @param applicationSid the TwiML App outgoing calls go to
     * @param parameters those the token itself adds to a call
     */
    public record Grant(String identity, String applicationSid, Map<String, String> parameters) {}

    /** The outgoing grant of {@code token}. */
    public Grant outgoing(String token, Instant now) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            throw refused(20101, "not a JWT");
        }
        checkHeader(json(parts[0]));
        JsonObject claims = json(parts[1]);
        if (account.apiKey() == null
                || account.apiSecret() == null
                || !account.apiKey().equals(claims.getValue("iss"))) {
            throw refused(20103, "iss is not an API key of the account");
        }
        if (!account.sid().equals(claims.getValue("sub"))) {
            throw refused(20103, "sub is another account");
        }
        if (!isSigned(parts, account.apiSecret())) {
            throw refused(20107, "the signature is wrong");
        }
        checkTimes(claims, now.getEpochSecond());
        return grant(claims);
    }

    private static void checkHeader(JsonObject header) {
        if (!"HS256".equals(header.getValue("alg")) || !"JWT".equals(header.getValue("typ"))) {
            throw refused(20101, "the header must say typ JWT, alg HS256");
        }
        if (!"twilio-fpa;v=1".equals(header.getValue("cty"))) {
            throw refused(20101, "the header must say cty twilio-fpa;v=1");
        }
    }

    private static void checkTimes(JsonObject claims, long now) {
        if (!(claims.getValue("exp") instanceof Number exp)) {
            throw refused(20101, "exp is missing");
        }
        if (exp.longValue() <= now) {
            throw refused(20104, "expired");
        }
        long from = claims.getValue("iat") instanceof Number iat ? iat.longValue() : now;
        if (exp.longValue() - from > MAX_SECONDS || exp.longValue() - now > MAX_SECONDS + SLACK_SECONDS) {
            throw refused(20104, "valid for more than 24 hours");
        }
        if (claims.getValue("nbf") instanceof Number nbf && nbf.longValue() > now + SLACK_SECONDS) {
            throw refused(20105, "not valid yet");
        }
    }

    private static Grant grant(JsonObject claims) {
        if (!(claims.getValue("grants") instanceof JsonObject grants)) {
            throw refused(20106, "grants are missing");
        }
        if (!(grants.getValue("identity") instanceof String identity) || !identity.matches("[A-Za-z0-9_]{1,121}")) {
            throw refused(20106, "grants.identity must be 1 to 121 letters, digits and underscores");
        }
        if (!(grants.getValue("voice") instanceof JsonObject voice)
                || !(voice.getValue("outgoing") instanceof JsonObject outgoing)
                || !(outgoing.getValue("application_sid") instanceof String applicationSid)) {
            throw refused(20106, "grants.voice.outgoing.application_sid is missing");
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        if (outgoing.getValue("params") instanceof JsonObject given) {
            given.forEach(each -> parameters.put(each.getKey(), String.valueOf(each.getValue())));
        }
        return new Grant(identity, applicationSid, parameters);
    }

    private static JsonObject json(String part) {
        try {
            return new JsonObject(new String(Base64.getUrlDecoder().decode(part), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | DecodeException e) {
            throw refused(20101, "not a JWT");
        }
    }

    private static boolean isSigned(String[] parts, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] expected = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            return MessageDigest.isEqual(expected, Base64.getUrlDecoder().decode(parts[2]));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every JDK", e);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static TwilioError refused(int code, String reason) {
        return new TwilioError(401, code, "Access token refused: " + reason);
    }
}

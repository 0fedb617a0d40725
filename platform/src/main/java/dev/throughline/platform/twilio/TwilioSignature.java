package dev.throughline.platform.twilio;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Verifies and makes {@code X-Twilio-Signature}: {@code base64(HMAC-SHA1(authToken, text))}, where text is the public URL followed,
 * for a form, by each parameter's name and decoded value, sorted by name (Twilio, <i>Usage: Security</i>).
 *
 * <p>User info and fragment are not part of the text. Twilio signs voice requests over HTTPS without the port and others with it, so
 * a URL is accepted with its port, without it and with the scheme's default one. Comparisons take constant time. Immutable.
 */
public final class TwilioSignature {

    private static final String BODY_HASH = "bodySHA256=";

    private final SecretKeySpec key;

    /**
     * @param authToken the account's primary auth token, not blank: an empty key would accept what anybody can sign
     */
    public TwilioSignature(String authToken) {
        if (authToken.isBlank()) {
            throw new IllegalArgumentException("the Twilio auth token is blank");
        }
        this.key = new SecretKeySpec(authToken.getBytes(StandardCharsets.UTF_8), "HmacSHA1");
    }

    /**
     * Checks a form POST.
     *
     * @param url the public URL as configured at Twilio, encoding untouched
     * @param parameters every parameter of the body with its decoded values; empty values and unknown names included
     */
    public boolean acceptsForm(String url, Map<String, List<String>> parameters, @Nullable String signature) {
        String suffix = sorted(parameters);
        return variants(url).stream().map(variant -> variant + suffix).anyMatch(text -> matches(text, signature));
    }

    /** Checks a GET: the URL with its query is the whole text. */
    public boolean acceptsGet(String url, @Nullable String signature) {
        return variants(url).stream().anyMatch(text -> matches(text, signature));
    }

    /**
     * Checks a body that is not a form (JSON). The URL carries {@code bodySHA256=<hex>}; both the hash and the signature of the URL
     * must hold. Without that parameter the answer is false.
     *
     * @param body the raw bytes as received
     */
    public boolean acceptsBody(String url, byte[] body, @Nullable String signature) {
        String hash = bodyHash(url);
        return hash != null
                && MessageDigest.isEqual(hash.getBytes(StandardCharsets.US_ASCII), sha256Hex(body))
                && acceptsGet(url, signature);
    }

    /**
     * Checks a WebSocket upgrade. Twilio may sign the {@code wss} URL with a slash at its end that the TwiML did not have.
     *
     * @param url the {@code wss://} URL as written in the TwiML
     */
    public boolean acceptsUpgrade(String url, @Nullable String signature) {
        return acceptsGet(url, signature) || acceptsGet(withTrailingSlash(url), signature);
    }

    /** The signature Twilio would send for this form at this URL; {@code url} is signed as given, without variants. */
    public String signForm(String url, Map<String, List<String>> parameters) {
        return sign(url + sorted(parameters));
    }

    /** The signature Twilio would send for a GET, an upgrade or a URL with {@code bodySHA256}. */
    public String signUrl(String url) {
        return sign(url);
    }

    private boolean matches(String text, @Nullable String signature) {
        return signature != null
                && MessageDigest.isEqual(
                        sign(text).getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.UTF_8));
    }

    private String sign(String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(key);
            return Base64.getEncoder().encodeToString(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1 is part of every Java platform", e);
        }
    }

    private static String sorted(Map<String, List<String>> parameters) {
        StringBuilder text = new StringBuilder();
        // Repeated names: values sorted and without repeats, as Twilio's Node and Python libraries do. Twilio itself
        // sends none.
        new TreeMap<>(parameters).forEach((name, values) -> (values.size() == 1 ? values : new TreeSet<>(values))
                .forEach(value -> text.append(name).append(value)));
        return text.toString();
    }

    /** The URL without user info and fragment: as it stands, without its port, and with the scheme's default port. */
    private static Set<String> variants(String url) {
        Set<String> variants = new LinkedHashSet<>();
        int fragment = url.indexOf('#');
        String bare = fragment < 0 ? url : url.substring(0, fragment);
        int scheme = bare.indexOf("://");
        if (scheme < 0) {
            return Set.of(bare);
        }
        int authorityStart = scheme + 3;
        int authorityEnd = authorityEnd(bare, authorityStart);
        String prefix = bare.substring(0, authorityStart);
        String rest = bare.substring(authorityEnd);
        String authority = bare.substring(authorityStart, authorityEnd);
        String host = authority.substring(authority.lastIndexOf('@') + 1);
        // The last colon opens a port unless it stands inside an IPv6 literal.
        int port = host.lastIndexOf(':') > host.lastIndexOf(']') ? host.lastIndexOf(':') : -1;
        variants.add(prefix + host + rest);
        if (port >= 0) {
            variants.add(prefix + host.substring(0, port) + rest);
        } else {
            boolean secure = prefix.startsWith("https") || prefix.startsWith("wss");
            variants.add(prefix + host + (secure ? ":443" : ":80") + rest);
        }
        return variants;
    }

    private static int authorityEnd(String url, int from) {
        for (int i = from; i < url.length(); i++) {
            char c = url.charAt(i);
            if (c == '/' || c == '?') {
                return i;
            }
        }
        return url.length();
    }

    private static String withTrailingSlash(String url) {
        int query = url.indexOf('?');
        return query < 0 ? url + "/" : url.substring(0, query) + "/" + url.substring(query);
    }

    private static @Nullable String bodyHash(String url) {
        int query = url.indexOf('?');
        if (query < 0) {
            return null;
        }
        int fragment = url.indexOf('#', query);
        String text = url.substring(query + 1, fragment < 0 ? url.length() : fragment);
        for (String parameter : text.split("&", -1)) {
            if (parameter.startsWith(BODY_HASH)) {
                return parameter.substring(BODY_HASH.length());
            }
        }
        return null;
    }

    private static byte[] sha256Hex(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return HexFormat.of().formatHex(digest).getBytes(StandardCharsets.US_ASCII);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("SHA-256 is part of every Java platform", e);
        }
    }
}

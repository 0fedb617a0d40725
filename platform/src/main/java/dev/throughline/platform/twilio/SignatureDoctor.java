package dev.throughline.platform.twilio;

import dev.throughline.platform.rejection.Rejection;
import dev.throughline.platform.rejection.SafeUrl;
import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Says why a request's signature did not hold, by trying the addresses it may have been signed for: what a proxy changes is the scheme, the
 * host, the port, a prefix of the path, a slash at its end, or the query. Pure.
 */
final class SignatureDoctor {

    private static final List<String> TELLING_HEADERS = List.of(
            "Host",
            "X-Forwarded-Proto",
            "X-Forwarded-Host",
            "X-Forwarded-Port",
            "X-Forwarded-Prefix",
            "X-Original-URI");

    private static final int LONGEST_HEADER = 200;

    private static final List<String> PARTS = List.of("scheme", "host", "port", "path", "query");
    private static final Pattern ADDRESS = Pattern.compile(
            "(?<scheme>[^:/?]+)://(?<host>\\[[^]]*\\]|[^/?:]*)(:(?<port>\\d*))?(?<path>[^?]*)(\\?(?<query>.*))?");

    private SignatureDoctor() {}

    /**
     * A request that was refused.
     *
     * @param base {@code APP_BASE_URL}, its scheme {@code ws} or {@code wss} for a socket
     * @param target raw path and query as they came
     * @param header the request's headers by name
     * @param isSignedFor whether the signature holds for an address
     * @param isSignedForNoForm the same, as if the form had had no parameters; null when this is no form
     * @param accounts the account the form names, and this installation's, when they differ; null when not
     */
    record Patient(
            String base,
            String target,
            Function<String, @Nullable String> header,
            Predicate<String> isSignedFor,
            @Nullable Predicate<String> isSignedForNoForm,
            @Nullable String accounts) {

        String seen() {
            return base + target;
        }
    }

    static Rejection examined(Patient patient, boolean hasToken, Instant at) {
        if (!hasToken) {
            return rejection(
                    patient,
                    at,
                    null,
                    "TWILIO_AUTH_TOKEN is not set, so nothing Twilio sends is believed.",
                    "Set TWILIO_AUTH_TOKEN to the account's primary auth token.");
        }
        if (patient.header().apply(TwilioVerifier.HEADER) == null) {
            return rejection(
                    patient,
                    at,
                    null,
                    "There was no header " + TwilioVerifier.HEADER + ".",
                    "Nothing, if it was a stranger; if it was Twilio, let every proxy on the way pass the header on.");
        }
        Optional<String> signed =
                addresses(patient).stream().filter(patient.isSignedFor()).findFirst();
        if (signed.isPresent()) {
            return misaddressed(patient, at, signed.get());
        }
        if (patient.isSignedForNoForm() != null && patient.isSignedForNoForm().test(patient.seen())) {
            return rejection(
                    patient,
                    at,
                    patient.seen(),
                    "The signature is right for this address with an empty form: the form was added or changed on the way.",
                    "Let every proxy on the way pass the body on as it is.");
        }
        return unknown(patient, at);
    }

    private static Rejection misaddressed(Patient patient, Instant at, String signed) {
        List<String> differs = differences(patient.seen(), signed);
        boolean base = differs.stream().anyMatch(part -> !part.equals("path") && !part.equals("query"));
        return new Rejection(
                at,
                "twilio",
                SafeUrl.of(patient.seen()),
                SafeUrl.of(signed),
                differs,
                telling(patient),
                "Twilio signed another address: the " + String.join(", the ", differs) + " differ"
                        + (differs.size() == 1 ? "s." : "."),
                base
                        ? "Set APP_BASE_URL, at every service, to the address Twilio has, or have ./dev provision give Twilio this one."
                        : "Let the proxy pass path and query on as they came; a prefix that it takes away belongs into APP_BASE_URL.");
    }

    private static Rejection unknown(Patient patient, Instant at) {
        return patient.accounts() == null
                ? rejection(
                        patient,
                        at,
                        null,
                        "No address we could think of gives this signature: another token made it, or the body was changed on the way.",
                        "Set TWILIO_AUTH_TOKEN to the primary auth token of the account; it is the new one only after it was promoted.")
                : rejection(
                        patient,
                        at,
                        null,
                        "It names another account: " + patient.accounts() + ".",
                        "Set TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN to the account whose number this is.");
    }

    private static Rejection rejection(
            Patient patient, Instant at, @Nullable String signed, String found, String cure) {
        return new Rejection(
                at,
                "twilio",
                SafeUrl.of(patient.seen()),
                signed == null ? null : SafeUrl.of(signed),
                List.of(),
                telling(patient),
                found,
                cure);
    }

    /** Every address it may have been signed for, the likelier first. */
    private static Set<String> addresses(Patient patient) {
        Set<String> addresses = new LinkedHashSet<>();
        for (String target : targets(patient)) {
            for (String base : bases(patient)) {
                addresses.add(base + target);
            }
        }
        return addresses;
    }

    private static Set<String> bases(Patient patient) {
        URI base = URI.create(patient.base());
        boolean socket = base.getScheme().startsWith("ws");
        String prefix = base.getRawPath() == null ? "" : base.getRawPath();
        List<String> hosts = new ArrayList<>(List.of(base.getRawAuthority()));
        for (String name : List.of("X-Forwarded-Host", "Host")) {
            String value = patient.header().apply(name);
            if (value != null && value.length() <= LONGEST_HEADER && value.matches("[A-Za-z0-9.:\\[\\]-]+")) {
                hosts.add(value);
            }
        }
        Set<String> bases = new LinkedHashSet<>();
        for (String host : hosts) {
            for (String scheme : socket ? List.of("wss", "ws", "https") : List.of("https", "http")) {
                bases.add(scheme + "://" + host + prefix);
                bases.add(scheme + "://" + host);
            }
        }
        return bases;
    }

    private static Set<String> targets(Patient patient) {
        String target = patient.target();
        int query = target.indexOf('?');
        String path = query < 0 ? target : target.substring(0, query);
        String rest = query < 0 ? "" : target.substring(query);
        String toggled = path.endsWith("/") ? path.substring(0, path.length() - 1) : path + "/";
        Set<String> targets = new LinkedHashSet<>(List.of(target, toggled + rest, path));
        String prefix = patient.header().apply("X-Forwarded-Prefix");
        if (prefix != null && prefix.matches("/[\\w./-]{0,100}")) {
            targets.add(prefix.replaceAll("/$", "") + target);
        }
        String original = patient.header().apply("X-Original-URI");
        if (original != null && original.length() <= 4 * LONGEST_HEADER && original.matches("/[\\x21-\\x7e]*")) {
            targets.add(original);
        }
        return targets;
    }

    private static List<String> differences(String seen, String signed) {
        Matcher one = ADDRESS.matcher(seen);
        Matcher other = ADDRESS.matcher(signed);
        if (!one.matches() || !other.matches()) {
            return List.of();
        }
        return PARTS.stream()
                .filter(part -> !Objects.equals(one.group(part), other.group(part)))
                .toList();
    }

    private static Map<String, String> telling(Patient patient) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String name : TELLING_HEADERS) {
            String value = patient.header().apply(name);
            if (value != null) {
                headers.put(name, SafeUrl.of(value));
            }
        }
        return headers;
    }
}

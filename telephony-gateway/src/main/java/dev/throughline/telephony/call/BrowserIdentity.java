package dev.throughline.telephony.call;

import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The Voice SDK identity of a browser: {@code t_<tenant id without dashes>_<name>}. The tenant stands in it because Twilio signs it into
 * {@code From=client:<identity>} of the browser's calls, which have no called number. Only letters, digits and underscores: others are
 * not safe in an identity (Twilio, <i>Access tokens</i>).
 *
 * @param name letters, digits and underscores, 1 to {@value #MAX_NAME} characters; unique within the tenant
 */
public record BrowserIdentity(UUID tenantId, String name) {

    /** How Twilio writes a browser as a party of a call. */
    public static final String CLIENT = "client:";

    private static final int MAX_NAME = 64;
    private static final Pattern NAME = Pattern.compile("\\w{1," + MAX_NAME + "}");
    private static final Pattern FORM = Pattern.compile(
            "t_([0-9a-f]{8})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{4})([0-9a-f]{12})_(\\w{1," + MAX_NAME + "})");

    public BrowserIdentity {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("a browser's name is 1 to 64 letters, digits and underscores");
        }
    }

    /** Of any text: what is no letter, digit or underscore becomes an underscore, what is too long is cut. */
    public static BrowserIdentity named(UUID tenantId, String text) {
        String safe = text.replaceAll("\\W", "_");
        return new BrowserIdentity(
                tenantId, safe.isEmpty() ? "_" : safe.substring(0, Math.min(MAX_NAME, safe.length())));
    }

    /** Reads {@code client:<identity>} or the identity alone; empty for anything that is not one of ours. */
    public static Optional<BrowserIdentity> parse(String party) {
        String identity = party.startsWith(CLIENT) ? party.substring(CLIENT.length()) : party;
        Matcher form = FORM.matcher(identity);
        if (!form.matches()) {
            return Optional.empty();
        }
        UUID tenant = UUID.fromString(
                String.join("-", form.group(1), form.group(2), form.group(3), form.group(4), form.group(5)));
        return Optional.of(new BrowserIdentity(tenant, form.group(6)));
    }

    /** The identity as an access token carries it. */
    public String identity() {
        return "t_" + tenantId.toString().replace("-", "") + "_" + name;
    }

    /** The identity as Twilio writes it in {@code From}. */
    public String address() {
        return CLIENT + identity();
    }
}

package dev.throughline.context.followup;

import dev.throughline.context.followup.Outcome.Away;
import dev.throughline.context.followup.Outcome.Forbidden;
import dev.throughline.context.followup.Outcome.Later;
import dev.throughline.context.followup.Outcome.Refused;
import dev.throughline.context.followup.Outcome.Taken;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads the answers of sms-service, telephony-gateway and hooks. Pure. */
final class Answers {

    private static final Duration WAIT = Duration.ofMinutes(1);
    /** Where a service says that it is quiet and not how long: its end is looked for again. */
    private static final Duration QUIET_WAIT = Duration.ofMinutes(15);

    private static final Duration LONGEST_WAIT = Duration.ofDays(1);
    private static final Set<String> BUSY = Set.of("TOO_MANY_CALLS", "RATE_LIMITED", "IDEMPOTENCY_KEY_IN_USE");

    private Answers() {}

    /**
     * What an answer of one of our services means.
     *
     * @param retryAfter the header Retry-After, in seconds; null when there was none
     * @param body JSON in either of our two forms of errors, or anything
     */
    static Outcome ofService(int status, @Nullable String retryAfter, String body) {
        JsonObject json = json(body);
        String code = json.getValue("code") instanceof String text ? text : "";
        if (status / 100 == 2) {
            return new Taken(reference(json));
        }
        if (code.equals("OPTED_OUT")) {
            return new Forbidden("the customer wants no texts");
        }
        if (code.equals("QUIET_HOURS")) {
            return new Later(wait(retryAfter, QUIET_WAIT), true);
        }
        if (status == 429 || BUSY.contains(code)) {
            return new Later(wait(retryAfter, WAIT), false);
        }
        // Our own token or the tenant's record is not known there yet: time heals both.
        boolean passing = status >= 500 || status == 401 || status == 403 || status == 408;
        return passing
                ? new Away("the service answered " + status)
                : new Refused(code.isEmpty() ? "the service answered " + status : words(json, code));
    }

    /** What the tenant's system means by its answer; only the status counts. */
    static Outcome ofHook(int status) {
        if (status / 100 == 2) {
            return new Taken("");
        }
        boolean passing = status >= 500 || status == 408 || status == 425 || status == 429;
        return passing ? new Away("the hook answered " + status) : new Refused("the hook answered " + status);
    }

    private static String reference(JsonObject json) {
        JsonObject data = json.getValue("data") instanceof JsonObject object ? object : json;
        for (String name : new String[] {"outboundCallId", "id"}) {
            if (data.getValue(name) instanceof String id) {
                return id;
            }
        }
        return "";
    }

    private static String words(JsonObject json, String code) {
        for (String name : new String[] {"detail", "error"}) {
            if (json.getValue(name) instanceof String sentence && !sentence.isBlank()) {
                return sentence.length() <= 300 ? sentence : sentence.substring(0, 300);
            }
        }
        return code;
    }

    private static Duration wait(@Nullable String retryAfter, Duration otherwise) {
        if (retryAfter == null || !retryAfter.matches("\\d{1,7}")) {
            return otherwise;
        }
        Duration told = Duration.ofSeconds(Math.max(1, Long.parseLong(retryAfter)));
        return told.compareTo(LONGEST_WAIT) < 0 ? told : LONGEST_WAIT;
    }

    private static JsonObject json(String body) {
        try {
            return new JsonObject(body);
        } catch (DecodeException unreadable) {
            return new JsonObject();
        }
    }
}

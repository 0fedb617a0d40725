package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.TextSettings;
import dev.throughline.events.tenant.TextSettings.OnFailure;
import dev.throughline.events.tenant.TextSettings.QuietHours;
import dev.throughline.platform.web.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Turns a draft of {@code settings.texts} into settings, naming everything that is wrong with it. Pure. */
final class TextsCheck {

    private static final String PATH = "settings.texts.";
    /** What Twilio takes at most (21617). */
    private static final int LONGEST_TEXT = 1_600;
    /** Below it an answer is not worth sending: the shortest text a carrier counts is 160. */
    private static final int SHORTEST_LIMIT = 160;

    private static final int MAX_PER_MINUTE = 10_000;
    private static final int MAX_SENDERS = 100;
    private static final int ADDRESS = 500;
    private static final Pattern TIME = Pattern.compile("([01]\\d|2[0-3]):[0-5]\\d");
    private static final Pattern SERVICE = Pattern.compile("MG[A-Za-z0-9.]{1,62}");
    private static final Pattern SHORT_CODE = Pattern.compile("\\d{3,8}");

    private final String country;
    private final List<Problem.Field> wrong;

    private TextsCheck(String country, List<Problem.Field> wrong) {
        this.country = country;
        this.wrong = wrong;
    }

    /** The settings. @param wrong gets every wrong field */
    static TextSettings settings(@Nullable TextsDraft draft, String country, List<Problem.Field> wrong) {
        return draft == null ? TextSettings.standard() : new TextsCheck(country, wrong).read(draft);
    }

    private TextSettings read(TextsDraft draft) {
        OnFailure onFailure = draft.onFailure() == null ? OnFailure.NOTHING : draft.onFailure();
        return new TextSettings(
                quietHours(draft.quietHours()),
                number("textsPerMinute", draft.textsPerMinute(), 1, MAX_PER_MINUTE),
                number("maxLength", draft.maxLength(), SHORTEST_LIMIT, LONGEST_TEXT),
                service(draft.messagingServiceSid()),
                senders(draft.senders()),
                Texts.optional(PATH + "helpText", draft.helpText(), LONGEST_TEXT, wrong),
                Texts.optional(PATH + "fallback", draft.fallback(), LONGEST_TEXT, wrong),
                onFailure,
                hook(draft.failureHook(), onFailure));
    }

    private @Nullable QuietHours quietHours(TextsDraft.@Nullable Quiet draft) {
        if (draft == null) {
            return null;
        }
        String from = time("quietHours.from", draft.from());
        String to = time("quietHours.to", draft.to());
        if (!from.isEmpty() && from.equals(to)) {
            refuse("quietHours.to", "must differ from quietHours.from; leave quietHours out for none");
        }
        return new QuietHours(from, to);
    }

    private String time(String field, @Nullable String time) {
        String read = time == null ? "" : time.strip();
        if (!TIME.matcher(read).matches()) {
            refuse(field, "must be a time of day, e.g. 21:00");
            return "";
        }
        return read;
    }

    private @Nullable Integer number(String field, @Nullable Integer number, int min, int max) {
        if (number != null && (number < min || number > max)) {
            refuse(field, "must be between " + min + " and " + max);
        }
        return number;
    }

    private @Nullable String service(@Nullable String sid) {
        String read = Texts.optional(PATH + "messagingServiceSid", sid, ADDRESS, wrong);
        if (read != null && !SERVICE.matcher(read).matches()) {
            refuse("messagingServiceSid", "must begin with MG");
        }
        return read;
    }

    private List<String> senders(@Nullable List<@Nullable String> senders) {
        if (senders == null) {
            return List.of();
        }
        if (senders.size() > MAX_SENDERS) {
            refuse("senders", "must have at most " + MAX_SENDERS + " entries");
            return List.of();
        }
        Set<String> read = new LinkedHashSet<>();
        for (int i = 0; i < senders.size(); i++) {
            String sender = sender("senders[" + i + "]", senders.get(i));
            if (sender != null) {
                read.add(sender);
            }
        }
        return new ArrayList<>(read);
    }

    private @Nullable String sender(String field, @Nullable String sender) {
        if (sender == null || sender.isBlank()) {
            refuse(field, "is required");
            return null;
        }
        return SHORT_CODE.matcher(sender.strip()).matches()
                ? sender.strip()
                : Texts.phone(PATH + field, sender, country, wrong);
    }

    private @Nullable String hook(@Nullable String hook, OnFailure onFailure) {
        String read = Texts.optional(PATH + "failureHook", hook, ADDRESS, wrong);
        if (read == null) {
            if (onFailure == OnFailure.HOOK) {
                refuse("failureHook", "is required where onFailure is HOOK");
            }
            return null;
        }
        if (onFailure != OnFailure.HOOK) {
            refuse("failureHook", "is used only where onFailure is HOOK");
        }
        if (!isHttps(read)) {
            refuse("failureHook", "must be an https address, e.g. https://example.com/texts");
        }
        return read;
    }

    private static boolean isHttps(String address) {
        try {
            URI uri = new URI(address);
            return "https".equalsIgnoreCase(uri.getScheme()) && uri.getHost() != null && uri.getRawUserInfo() == null;
        } catch (URISyntaxException malformed) {
            return false;
        }
    }

    private void refuse(String field, String message) {
        wrong.add(new Problem.Field(PATH + field, message));
    }
}

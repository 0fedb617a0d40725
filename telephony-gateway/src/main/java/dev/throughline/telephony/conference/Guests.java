package dev.throughline.telephony.conference;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.web.Problem;
import dev.throughline.telephony.call.BrowserIdentity;
import dev.throughline.telephony.conference.GuestCalls.Guest;
import dev.throughline.telephony.conference.ParticipantResource.Invite;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads who is to be asked in. Pure. */
final class Guests {

    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,63}");

    private Guests() {}

    /** The guest. @throws Problem 400 that names the wrong field */
    static Guest read(Invite invite, Tenant tenant) {
        String label = invite.label();
        if (label != null && !LABEL.matcher(label).matches()) {
            throw Problem.invalid("label", "is 1 to 64 letters, digits, hyphens and underscores");
        }
        boolean muted = Boolean.TRUE.equals(invite.muted());
        return switch (String.valueOf(invite.type())) {
            case "phone" -> new Guest(Role.PHONE, label, phone("to", invite.to(), tenant), muted);
            case "browser" -> new Guest(Role.BROWSER, label, browser(invite.identity(), tenant), muted);
            case "ai" -> new Guest(Role.AI, null, null, false);
            default -> throw Problem.invalid("type", "must be phone, browser or ai");
        };
    }

    /** A number as E.164. @throws Problem 400 that names {@code field} */
    static String phone(String field, @Nullable String written, Tenant tenant) {
        return PhoneNumbers.normalise(written, tenant.country())
                .orElseThrow(() -> Problem.invalid(field, "is no phone number: write it as +12025550142"));
    }

    private static String browser(@Nullable String identity, Tenant tenant) {
        return Optional.ofNullable(identity)
                .flatMap(BrowserIdentity::parse)
                .filter(browser -> browser.tenantId().equals(tenant.id()))
                .map(BrowserIdentity::address)
                .orElseThrow(() -> Problem.invalid("identity", "must be the identity of a voice token of this tenant"));
    }
}

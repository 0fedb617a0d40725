package dev.throughline.sms.inbound;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.twilio.SignedForm;
import dev.throughline.platform.web.Problem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads Twilio's form of a text. Pure. */
final class TextForm {

    private static final int MOST_MEDIA = 10;
    private static final Pattern SID = Pattern.compile("[!-~]{1,64}");
    private static final Pattern TOKEN = Pattern.compile("[!-~]{1,200}");

    private TextForm() {}

    /** @throws Problem 400 when it is missing or malformed */
    static String messageSid(SignedForm form) {
        String sid = form.require("MessageSid");
        if (!SID.matcher(sid).matches()) {
            throw Problem.invalid("MessageSid", "must be Twilio's identifier of the message, e.g. SM…");
        }
        return sid;
    }

    /** The text; {@code customer} and {@code business} are phones or named. */
    static InboundText text(
            SignedForm form, Tenant tenant, Party customer, Party business, @Nullable String token, Instant now) {
        return new InboundText(
                messageSid(form),
                token != null && TOKEN.matcher(token).matches() ? token : null,
                tenant.id(),
                LeadIds.of(tenant.id(), ContactAddress.phone(customer.address())),
                customer.address(),
                business.address(),
                storable(form.get("Body")),
                form.number("NumSegments").orElse(1L).intValue(),
                media(form),
                now);
    }

    /** PostgreSQL stores every character but NUL. */
    private static String storable(String text) {
        return text.replace('\0', '\uFFFD');
    }

    private static List<String> media(SignedForm form) {
        List<String> media = new ArrayList<>();
        for (int i = 0; i < Math.min(MOST_MEDIA, form.number("NumMedia").orElse(0L)); i++) {
            form.find("MediaUrl" + i).map(TextForm::storable).ifPresent(media::add);
        }
        return media;
    }
}

package dev.throughline.telephony.direct;

import dev.throughline.events.tenant.BusinessHours;
import dev.throughline.events.tenant.CallAnswer;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.telephony.answer.Reply;
import dev.throughline.telephony.answer.Situation;
import dev.throughline.telephony.twilio.VoiceTwiml.Fallback;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.Optional;

/** What a business says to a caller where no agent answers. Pure. */
final class DirectAnswer {

    private static final String AFTER_THE_TONE = " Please leave a message after the tone.";

    private DirectAnswer() {}

    /**
     * The answer of {@code tenant} at {@code now}: open, it is rung; closed, or with nobody to ring, it takes a message, unless the tenant
     * wants something else outside its hours. A tenant that told no hours at all is taken to be open.
     *
     * @param customer the caller's address as Twilio sent it
     */
    static Reply of(Tenant tenant, String customer, Instant now) {
        String greeting = "Thank you for calling " + tenant.name() + ".";
        if (closed(tenant, now)) {
            return outsideHours(tenant, customer)
                    .orElseGet(() -> new Reply.TakeMessage(Situation.OUTSIDE_HOURS.words(tenant) + AFTER_THE_TONE));
        }
        Fallback business = Fallback.of(tenant, customer);
        return business == null
                ? new Reply.TakeMessage(greeting + " Nobody can take your call right now." + AFTER_THE_TONE)
                : new Reply.Ring(greeting + " Please hold while we connect you.", business);
    }

    private static boolean closed(Tenant tenant, Instant now) {
        return BusinessHours.closedAt(LocalDateTime.ofInstant(now, tenant.zone()), tenant);
    }

    /** Empty where the tenant told nothing, or wants the agent, who is not here. */
    private static Optional<Reply> outsideHours(Tenant tenant, String customer) {
        CallAnswer wanted = tenant.settings().calls().outsideHours();
        return wanted == null
                ? Optional.empty()
                : Situation.OUTSIDE_HOURS.reply(tenant, customer, Situation.OUTSIDE_HOURS.words(tenant));
    }
}

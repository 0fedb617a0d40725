package dev.throughline.context.followup;

import dev.throughline.context.followup.Reason.Asked;
import dev.throughline.context.followup.Reason.CallWithoutBooking;
import dev.throughline.context.followup.Reason.MissedCall;
import dev.throughline.context.followup.Reason.Reminder;
import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.FollowUpSettings;
import dev.throughline.events.tenant.Tenant;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a worker does with a follow-up that is due. */
sealed interface Step {

    /** Asks another service. @param request what is asked, JSON */
    record Ask(String request) implements Step {}

    /** Nobody may be reached now. */
    record Wait(Instant until, String why) implements Step {}

    /** There is no reason any more. */
    record Skip(String why) implements Step {}

    /** It cannot be done. */
    record Fail(String why) implements Step {}

    /**
     * The step. Pure.
     *
     * @param tenant null when it is not known any more
     * @param context of the person; null when the lead is not known
     */
    static Step of(FollowUp followUp, @Nullable Tenant tenant, @Nullable LeadContext context, Instant now) {
        if (tenant == null || context == null) {
            return new Skip(tenant == null ? "the business is not known any more" : "the lead is not known");
        }
        Optional<String> gone = Gone.why(followUp, context, now);
        if (gone.isPresent()) {
            return new Skip(gone.get());
        }
        if (isSwitchedOff(followUp.reason(), tenant.settings().followUps())) {
            return new Skip("the rule was switched off");
        }
        @Nullable String phone = context.phone() == null ? null : context.phone().value();
        if (followUp.channel() == FollowUpChannel.HOOK) {
            return new Ask(Requests.hook(followUp, tenant, context));
        }
        if (phone == null) {
            return new Fail("no phone number is known");
        }
        if (Blocked.is(tenant, phone)) {
            return new Skip("the business has blocked the number");
        }
        Optional<Instant> quiet = Quiet.until(tenant, followUp.channel(), phone, now);
        if (quiet.isPresent()) {
            return followUp.reason() instanceof Reminder reminder
                            && !reminder.start().isAfter(quiet.get())
                    ? new Skip("the appointment begins before quiet hours end")
                    : new Wait(quiet.get(), "quiet hours");
        }
        return new Ask(
                followUp.channel() == FollowUpChannel.TEXT
                        ? Requests.text(followUp, tenant, context, phone)
                        : Requests.call(followUp, tenant, context, phone));
    }

    private static boolean isSwitchedOff(Reason reason, FollowUpSettings rules) {
        return switch (reason) {
            case MissedCall missed -> rules.missedCall() == null;
            case CallWithoutBooking call -> rules.callWithoutBooking() == null;
            case Reminder reminder -> rules.reminder() == null;
            case Asked asked -> false;
        };
    }
}

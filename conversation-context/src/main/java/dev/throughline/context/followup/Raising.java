package dev.throughline.context.followup;

import dev.throughline.events.context.LeadContext;
import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.Tenant;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What comes after a text that failed: the tenant's {@code settings.texts.onFailure}. Pure. */
final class Raising {

    private Raising() {}

    /** The next follow-up; empty when the tenant wants none, it was no text, or its reason is gone. */
    static Optional<FollowUp> next(Tenant tenant, FollowUp failed, @Nullable LeadContext context, Instant now) {
        if (failed.channel() != FollowUpChannel.TEXT || context == null) {
            return Optional.empty();
        }
        return switch (tenant.settings().texts().onFailure()) {
            case NOTHING -> Optional.empty();
            case CALL ->
                context.phone() == null
                        ? Optional.empty()
                        : wanted(
                                by(
                                        FollowUpChannel.CALL,
                                        failed,
                                        Quiet.until(
                                                        tenant,
                                                        FollowUpChannel.CALL,
                                                        context.phone().value(),
                                                        now)
                                                .orElse(now)),
                                context,
                                now);
            case HOOK -> wanted(by(FollowUpChannel.HOOK, failed, now), context, now);
        };
    }

    private static FollowUp by(FollowUpChannel channel, FollowUp failed, Instant due) {
        return new FollowUp(
                failed.nextId(),
                failed.tenantId(),
                failed.leadId(),
                failed.reason(),
                channel,
                failed.words(),
                failed.questions(),
                due,
                failed.id());
    }

    private static Optional<FollowUp> wanted(FollowUp next, LeadContext context, Instant now) {
        return Gone.why(next, context, now).isPresent() ? Optional.empty() : Optional.of(next);
    }
}

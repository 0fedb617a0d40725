package dev.throughline.context.followup;

import dev.throughline.events.tenant.FollowUpChannel;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.quiet.LeadZones;
import dev.throughline.platform.quiet.QuietTime;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The tenant's quiet hours, which hold for calls as for texts. Pure. */
final class Quiet {

    private Quiet() {}

    /**
     * When the customer may be reached if not at {@code at}; empty when it may be then.
     *
     * @param phone tells the customer's zone; null: the tenant's
     */
    static Optional<Instant> until(Tenant tenant, FollowUpChannel channel, @Nullable String phone, Instant at) {
        return channel == FollowUpChannel.HOOK
                ? Optional.empty()
                : Optional.ofNullable(tenant.settings().texts().quietHours())
                        .flatMap(rule -> QuietTime.until(rule, zones(tenant, phone), at));
    }

    private static Set<ZoneId> zones(Tenant tenant, @Nullable String phone) {
        return phone == null ? Set.of(tenant.zone()) : LeadZones.of(phone, tenant.zone());
    }
}

package dev.throughline.context.followup;

import dev.throughline.events.tenant.Tenant;
import org.jspecify.annotations.Nullable;

/** Whom the tenant does not want to hear from, it does not write to either. Pure. */
final class Blocked {

    private Blocked() {}

    /** Whether the number is one of {@code settings.calls.blockedCallers}. */
    static boolean is(Tenant tenant, @Nullable String phone) {
        return phone != null && tenant.settings().calls().blockedCallers().contains(phone);
    }
}

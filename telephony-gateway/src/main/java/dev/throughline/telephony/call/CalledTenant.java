package dev.throughline.telephony.call;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.util.Optional;

/** Finds the tenant behind a number Twilio names. In memory. */
@Singleton
public final class CalledTenant {

    /** No region: a number without its country code belongs to nobody in particular. */
    private static final String NO_REGION = "ZZ";

    private final TenantDirectory tenants;

    CalledTenant(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    /** The owner of {@code number}; empty for a number that is nobody's, or no number. */
    public Optional<Tenant> of(String number) {
        return PhoneNumbers.normalise(number, NO_REGION).flatMap(tenants::byNumber);
    }
}

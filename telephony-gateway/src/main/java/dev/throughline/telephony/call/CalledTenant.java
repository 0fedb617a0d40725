package dev.throughline.telephony.call;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the tenant behind what Twilio says of a call. In memory. */
@Singleton
public final class CalledTenant {

    /** No region: a number without its country code belongs to nobody in particular. */
    private static final String NO_REGION = "ZZ";

    private static final Pattern SIP = Pattern.compile("sips?:(?<user>[^@;?]+)@(?<host>[^:;?]+).*");

    private final TenantDirectory tenants;

    CalledTenant(TenantDirectory tenants) {
        this.tenants = tenants;
    }

    /** The tenant of a call: by the address that is ours, of a browser's call by the browser's identity. */
    public Optional<Tenant> of(CallWebhook call) {
        return of(call.ours()).or(() -> BrowserIdentity.parse(call.from())
                .filter(browser -> call.from().startsWith(BrowserIdentity.CLIENT))
                .flatMap(browser -> tenants.byId(browser.tenantId())));
    }

    /** The tenant of a call that is known. */
    public Optional<Tenant> of(CallParties call) {
        return tenants.byId(call.tenantId());
    }

    /** The owner of a number or a SIP address; empty for one that is nobody's, or neither. */
    public Optional<Tenant> of(String address) {
        Matcher sip = SIP.matcher(address);
        if (!sip.matches()) {
            return byNumber(address);
        }
        // Without port and parameters: they say how the call was routed, not who is called (RFC 3261 §19.1).
        return tenants.bySipAddress("sip:" + sip.group("user") + "@" + sip.group("host"))
                .or(() -> byNumber(sip.group("user")));
    }

    private Optional<Tenant> byNumber(String number) {
        return PhoneNumbers.normalise(number, NO_REGION).flatMap(tenants::byNumber);
    }
}

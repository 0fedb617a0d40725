package dev.throughline.telephony.call;

import dev.throughline.events.tenant.Tenant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whose call a webhook in its midst is about.
 *
 * @param tenant empty when it is nobody's
 * @param parties null when it is nobody's
 */
public record WhoseCall(Optional<Tenant> tenant, @Nullable CallParties parties, CallOrigin origin) {}

package dev.throughline.tools.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.events.tenant.TenantSettings;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as operators see it.
 *
 * @param version one more at each change
 * @param toolSecret only in the answer that made it; it cannot be shown again
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TenantAnswer(
        UUID id,
        String name,
        @Nullable String twilioPhoneNumber,
        @Nullable String twilioPhoneNumberSid,
        String timeZone,
        String country,
        String language,
        VoicePath voicePath,
        TenantSettings settings,
        long version,
        @Nullable String toolSecret) {

    static TenantAnswer of(Tenant tenant) {
        return of(tenant, null);
    }

    static TenantAnswer of(Tenant tenant, @Nullable ToolSecret secret) {
        return new TenantAnswer(
                tenant.id(),
                tenant.name(),
                tenant.twilioPhoneNumber(),
                tenant.twilioPhoneNumberSid(),
                tenant.timeZone(),
                tenant.country(),
                tenant.language(),
                tenant.voicePath(),
                tenant.settings(),
                tenant.version(),
                secret == null ? null : secret.value());
    }
}

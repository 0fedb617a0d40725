package dev.throughline.events.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A business that uses the suite.
 *
 * @param name as spoken to callers
 * @param twilioPhoneNumber E.164; null until the tenant has one, and then no call or text finds it
 * @param twilioPhoneNumberSid Twilio's PN…, null when not told
 * @param timeZone IANA name, for everything a person reads
 * @param country ISO 3166 alpha-2, default region of phone numbers
 * @param language BCP 47, for example {@code en}
 * @param voicePath which way calls take to the agent
 * @param toolSecretHashes lower-case hex SHA-256 of each valid tool secret; two during a rotation
 * @param version one more at each change, of the catalog too
 * @param catalog what it offers and when it is closed; absent in records of older publishers
 */
public record Tenant(
        UUID id,
        String name,
        @Nullable String twilioPhoneNumber,
        @Nullable String twilioPhoneNumberSid,
        String timeZone,
        String country,
        String language,
        VoicePath voicePath,
        TenantSettings settings,
        List<String> toolSecretHashes,
        long version,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) TenantCatalog catalog) {

    /** Which way a tenant's inbound calls take to the agent, design §5. */
    public enum VoicePath {
        BRIDGE,
        NATIVE,
        REGISTER
    }

    @SuppressWarnings("NullAway") // Jackson passes null for what an older publisher did not know
    public Tenant {
        toolSecretHashes = List.copyOf(toolSecretHashes);
        catalog = catalog == null ? TenantCatalog.empty() : catalog;
    }

    /** A tenant that offers nothing yet. */
    public Tenant(
            UUID id,
            String name,
            @Nullable String twilioPhoneNumber,
            @Nullable String twilioPhoneNumberSid,
            String timeZone,
            String country,
            String language,
            VoicePath voicePath,
            TenantSettings settings,
            List<String> toolSecretHashes,
            long version) {
        this(
                id,
                name,
                twilioPhoneNumber,
                twilioPhoneNumberSid,
                timeZone,
                country,
                language,
                voicePath,
                settings,
                toolSecretHashes,
                version,
                TenantCatalog.empty());
    }

    /** The same tenant, one version on, with this catalog. */
    public Tenant offering(TenantCatalog newCatalog) {
        return with(newCatalog, version + 1);
    }

    /** The same tenant and version with this catalog. */
    public Tenant keeping(TenantCatalog sameCatalog) {
        return with(sameCatalog, version);
    }

    private Tenant with(TenantCatalog newCatalog, long newVersion) {
        return new Tenant(
                id,
                name,
                twilioPhoneNumber,
                twilioPhoneNumberSid,
                timeZone,
                country,
                language,
                voicePath,
                settings,
                toolSecretHashes,
                newVersion,
                newCatalog);
    }

    /** The tenant's zone. */
    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }
}

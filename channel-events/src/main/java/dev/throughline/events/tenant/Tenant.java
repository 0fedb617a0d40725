package dev.throughline.events.tenant;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
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
 * @param toolSecretHashes lower-case hex SHA-256 of each tool secret, the newest first; two of one use during a rotation
 * @param version one more at each change, of the catalog too
 * @param catalog what it offers and when it is closed; absent in records of older publishers
 * @param toolSecretEnds when a secret stops being valid, by its hash; one that is not named has no end
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
        @JsonInclude(JsonInclude.Include.NON_EMPTY) TenantCatalog catalog,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Instant> toolSecretEnds) {

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
        toolSecretEnds = toolSecretEnds == null ? Map.of() : Map.copyOf(toolSecretEnds);
    }

    /** A tenant that offers nothing yet, and whose tool secrets have no end. */
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
                TenantCatalog.empty(),
                Map.of());
    }

    /** The same tenant, one version on, with this catalog. */
    public Tenant offering(TenantCatalog newCatalog) {
        return with(twilioPhoneNumberSid, settings, toolSecretHashes, toolSecretEnds, version + 1, newCatalog);
    }

    /** The same tenant and version with this catalog. */
    public Tenant keeping(TenantCatalog sameCatalog) {
        return with(twilioPhoneNumberSid, settings, toolSecretHashes, toolSecretEnds, version, sameCatalog);
    }

    /** Whether the secret of this hash is the tenant's and valid at {@code now}; the end itself is no longer. */
    public boolean acceptsSecret(String hash, Instant now) {
        Instant end = toolSecretEnds.get(hash);
        return toolSecretHashes.contains(hash) && (end == null || now.isBefore(end));
    }

    /** The next version of this tenant, with other tool secrets. */
    public Tenant withToolSecrets(List<String> hashes, Map<String, Instant> ends) {
        return with(twilioPhoneNumberSid, settings, hashes, ends, version + 1, catalog);
    }

    /** The next version of this tenant, with other settings and Twilio's id of its number. */
    public Tenant with(@Nullable String numberSid, TenantSettings newSettings) {
        return with(numberSid, newSettings, toolSecretHashes, toolSecretEnds, version + 1, catalog);
    }

    private Tenant with(
            @Nullable String numberSid,
            TenantSettings newSettings,
            List<String> hashes,
            Map<String, Instant> ends,
            long newVersion,
            TenantCatalog newCatalog) {
        return new Tenant(
                id,
                name,
                twilioPhoneNumber,
                numberSid,
                timeZone,
                country,
                language,
                voicePath,
                newSettings,
                hashes,
                newVersion,
                newCatalog,
                ends);
    }

    /** The tenant's zone. */
    public ZoneId zone() {
        return ZoneId.of(timeZone);
    }
}

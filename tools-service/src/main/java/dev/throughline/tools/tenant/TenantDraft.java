package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.events.tenant.TenantSettings;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A tenant as an operator writes it, before it is checked by {@link TenantCheck}.
 *
 * @param name required, as spoken to callers
 * @param twilioPhoneNumber any way of writing it; null until the tenant has one
 * @param timeZone required, an IANA name
 * @param country ISO 3166 alpha-2, default {@code US}
 * @param language BCP 47, default {@code en}
 * @param voicePath default {@code BRIDGE}
 */
public record TenantDraft(
        @Nullable String name,
        @Nullable String twilioPhoneNumber,
        @Nullable String twilioPhoneNumberSid,
        @Nullable String timeZone,
        @Nullable String country,
        @Nullable String language,
        @Nullable VoicePath voicePath,
        @Nullable Settings settings) {

    /** {@code settings} of the record; see {@link TenantSettings} for the meaning of each. */
    public record Settings(
            @Nullable String elevenLabsAgentId,
            @Nullable String elevenLabsTextAgentId,
            @Nullable String aiGreeting,
            @Nullable String aiTone,
            @Nullable Map<String, DayDraft> businessHours,
            @Nullable Set<String> elevenLabsOverrides,
            @Nullable String autoReply,
            @Nullable String fallbackNumber,
            @Nullable CallsDraft calls,
            @Nullable TextsDraft texts,
            @Nullable FollowUpsDraft followUps,
            @Nullable ScoreDraft score,
            @Nullable WidgetDraft widget) {}

    /** The draft that would make this tenant: what a merge patch is merged into. */
    static TenantDraft of(Tenant tenant) {
        TenantSettings settings = tenant.settings();
        Map<String, DayDraft> hours = new LinkedHashMap<>();
        settings.businessHours().forEach((day, open) -> hours.put(day, DayDraft.of(open)));
        return new TenantDraft(
                tenant.name(),
                tenant.twilioPhoneNumber(),
                tenant.twilioPhoneNumberSid(),
                tenant.timeZone(),
                tenant.country(),
                tenant.language(),
                tenant.voicePath(),
                new Settings(
                        settings.elevenLabsAgentId(),
                        settings.elevenLabsTextAgentId(),
                        settings.aiGreeting(),
                        settings.aiTone(),
                        hours,
                        settings.elevenLabsOverrides(),
                        settings.autoReply(),
                        settings.fallbackNumber(),
                        CallsDraft.of(settings.calls()),
                        TextsDraft.of(settings.texts()),
                        FollowUpsDraft.of(settings.followUps()),
                        ScoreDraft.of(settings.score()),
                        WidgetDraft.of(settings.widget())));
    }
}

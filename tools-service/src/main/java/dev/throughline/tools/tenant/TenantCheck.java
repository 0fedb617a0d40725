package dev.throughline.tools.tenant;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.events.tenant.TenantCatalog;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.platform.web.Problem;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Turns a draft into a tenant, or names everything that is wrong with it. Pure. */
final class TenantCheck {

    private static final int LINE = 200;
    private static final int PARAGRAPH = 1600;
    private static final int MAX_OVERRIDES = 20;
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());

    private final List<Problem.Field> wrong = new ArrayList<>();

    private TenantCheck() {}

    /**
     * The tenant.
     *
     * @throws Problem 400 naming every wrong field
     */
    static Tenant tenant(
            UUID id, TenantDraft draft, List<String> secretHashes, Map<String, Instant> secretEnds, long version) {
        TenantCheck check = new TenantCheck();
        Tenant tenant = check.read(id, draft, secretHashes, secretEnds, version);
        if (!check.wrong.isEmpty()) {
            throw Problem.invalid(check.wrong);
        }
        return tenant;
    }

    private Tenant read(
            UUID id, TenantDraft draft, List<String> secretHashes, Map<String, Instant> secretEnds, long version) {
        String country = country(draft.country());
        return new Tenant(
                id,
                Texts.required("name", draft.name(), LINE, wrong),
                Texts.phone("twilioPhoneNumber", draft.twilioPhoneNumber(), country, wrong),
                sid(draft.twilioPhoneNumberSid()),
                zone(draft.timeZone()),
                country,
                language(draft.language()),
                draft.voicePath() == null ? VoicePath.BRIDGE : draft.voicePath(),
                settings(id, draft.settings(), country),
                secretHashes,
                version,
                TenantCatalog.empty(),
                secretEnds);
    }

    private String country(@Nullable String country) {
        String code =
                country == null || country.isBlank() ? "US" : country.strip().toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(code)) {
            wrong.add(new Problem.Field("country", "must be an ISO 3166 country code of two letters"));
            return "US";
        }
        return code;
    }

    private @Nullable String sid(@Nullable String sid) {
        String read = Texts.optional("twilioPhoneNumberSid", sid, LINE, wrong);
        if (read != null && !read.matches("PN[A-Za-z0-9.]+")) {
            wrong.add(new Problem.Field("twilioPhoneNumberSid", "must begin with PN"));
        }
        return read;
    }

    private String zone(@Nullable String zone) {
        if (zone == null || !ZoneId.getAvailableZoneIds().contains(zone.strip())) {
            wrong.add(new Problem.Field(
                    "timeZone", zone == null ? "is required" : "must be an IANA time zone, e.g. America/New_York"));
            return "UTC";
        }
        return zone.strip();
    }

    private String language(@Nullable String language) {
        if (language == null || language.isBlank()) {
            return "en";
        }
        if (!language.strip().matches("[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")) {
            wrong.add(new Problem.Field("language", "must be a BCP 47 language, e.g. en"));
        }
        return language.strip();
    }

    private TenantSettings settings(UUID id, TenantDraft.@Nullable Settings draft, String country) {
        if (draft == null) {
            return TenantSettings.empty();
        }
        String fallbackNumber = Texts.phone("settings.fallbackNumber", draft.fallbackNumber(), country, wrong);
        return new TenantSettings(
                Texts.optional("settings.elevenLabsAgentId", draft.elevenLabsAgentId(), LINE, wrong),
                Texts.optional("settings.elevenLabsTextAgentId", draft.elevenLabsTextAgentId(), LINE, wrong),
                Texts.optional("settings.aiGreeting", draft.aiGreeting(), PARAGRAPH, wrong),
                Texts.optional("settings.aiTone", draft.aiTone(), LINE, wrong),
                draft.businessHours() == null
                        ? Map.of()
                        : DayDraft.week("settings.businessHours", draft.businessHours(), wrong),
                overrides(draft.elevenLabsOverrides()),
                Texts.optional("settings.autoReply", draft.autoReply(), PARAGRAPH, wrong),
                fallbackNumber,
                CallsCheck.settings(draft.calls(), country, fallbackNumber != null, wrong),
                TextsCheck.settings(draft.texts(), country, wrong),
                FollowUpsCheck.settings(draft.followUps(), wrong),
                ScoreCheck.settings(draft.score(), wrong),
                WidgetCheck.settings(id, draft.widget(), wrong));
    }

    private Set<String> overrides(@Nullable Set<String> paths) {
        if (paths == null) {
            return Set.of();
        }
        if (paths.size() > MAX_OVERRIDES
                || paths.stream().anyMatch(path -> path == null || !path.matches("[a-z_]+(\\.[a-z_]+)+"))) {
            wrong.add(new Problem.Field(
                    "settings.elevenLabsOverrides", "must be a list of paths, e.g. agent.first_message"));
            return Set.of();
        }
        return paths;
    }
}

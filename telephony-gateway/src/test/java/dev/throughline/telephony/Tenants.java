package dev.throughline.telephony;

import dev.throughline.events.tenant.CallSettings;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.events.tenant.TenantSettings.DayHours;
import dev.throughline.platform.tenant.TenantDirectory;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Tenants of the tests. Numbers are of the reserved range. */
public final class Tenants {

    /** Answered by the tenant's own agent. */
    public static final String NUMBER = "+12025550102";

    /** As {@link #NUMBER}, of a tenant that wants a human rung when the agent cannot answer. */
    public static final String NUMBER_WITH_FALLBACK = "+12025550104";

    /** A tenant without an agent. */
    public static final String NUMBER_WITHOUT_AGENT = "+12025550106";

    /** Rung by {@link #withFallback()}. */
    public static final String FALLBACK = "+12025550190";

    /** The tool secret of {@link #harbourSalon()}. */
    public static final String SECRET = "tls_test-secret-of-the-harbour-salon";

    /** The tool secret of {@link #withFallback()}. */
    public static final String OTHER_SECRET = "tls_test-secret-of-the-other-salon";

    private Tenants() {}

    /** With an agent, without a fallback number. */
    public static Tenant harbourSalon() {
        return tenant(1, NUMBER, settings("agent_harbour", null), SECRET);
    }

    /** With an agent and a fallback number. */
    public static Tenant withFallback() {
        return tenant(2, NUMBER_WITH_FALLBACK, settings("agent_other", FALLBACK), OTHER_SECRET);
    }

    /** Without an agent of its own. */
    public static Tenant withoutAgent() {
        return tenant(3, NUMBER_WITHOUT_AGENT, settings(null, FALLBACK), "tls_test-secret-without-agent");
    }

    /**
     * Any other tenant; {@code id} and number are of the test that uses it.
     *
     * @param fallback null = nobody is rung
     */
    public static Tenant with(
            long id, String number, @Nullable String fallback, CallSettings calls, Tenant.VoicePath path) {
        Tenant like = tenant(id, number, settings("agent_" + id, fallback).with(calls), "tls_test-secret-of-" + id);
        return new Tenant(
                like.id(),
                like.name(),
                like.twilioPhoneNumber(),
                null,
                like.timeZone(),
                like.country(),
                like.language(),
                path,
                like.settings(),
                like.toolSecretHashes(),
                1);
    }

    /** The same tenant, closed at any time a test may run: open for a minute, the day after tomorrow. */
    public static Tenant closed(Tenant tenant) {
        TenantSettings s = tenant.settings();
        String day =
                LocalDate.now(tenant.zone()).plusDays(2).getDayOfWeek().name().toLowerCase(Locale.ROOT);
        TenantSettings settings = new TenantSettings(
                s.elevenLabsAgentId(),
                null,
                s.aiGreeting(),
                s.aiTone(),
                Map.of(day, new DayHours("00:00", "00:01", true)),
                s.elevenLabsOverrides(),
                null,
                s.fallbackNumber(),
                s.calls());
        return new Tenant(
                tenant.id(),
                tenant.name(),
                tenant.twilioPhoneNumber(),
                null,
                tenant.timeZone(),
                tenant.country(),
                tenant.language(),
                tenant.voicePath(),
                settings,
                tenant.toolSecretHashes(),
                tenant.version());
    }

    private static Tenant tenant(long id, String number, TenantSettings settings, String secret) {
        return new Tenant(
                new UUID(0x7f1c_0000_0000_4000L, 0x8000_0000_0000_0000L | id),
                "Harbour Salon",
                number,
                null,
                "America/New_York",
                "US",
                "en",
                Tenant.VoicePath.BRIDGE,
                settings,
                List.of(TenantDirectory.toolSecretHash(secret)),
                1);
    }

    private static TenantSettings settings(@Nullable String agent, @Nullable String fallback) {
        Map<String, DayHours> hours = new TreeMap<>();
        for (String day : List.of("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")) {
            hours.put(day, new DayHours("09:00", "17:00", true));
        }
        return new TenantSettings(
                agent,
                null,
                "Hello, this is Harbour Salon.",
                "friendly",
                hours,
                Set.of("agent.first_message"),
                null,
                fallback,
                CallSettings.standard());
    }
}

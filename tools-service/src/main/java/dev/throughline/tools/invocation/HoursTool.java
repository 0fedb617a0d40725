package dev.throughline.tools.invocation;

import dev.throughline.events.tenant.BusinessHours;
import dev.throughline.events.tenant.TenantSettings;
import dev.throughline.events.tenant.TenantSettings.DayHours;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code get_hours}: when the business is open, and whether it is now. */
@Singleton
class HoursTool implements Tool {

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(List.of("get_business_hours", "get_hours"), "Say when the business is open.");
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        TenantSettings settings = call.tenant().settings();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("businessHours", week(settings));
        data.put("timeZone", call.tenant().timeZone());
        data.put(
                "openNow",
                BusinessHours.openAt(
                        LocalDateTime.ofInstant(call.now(), call.tenant().zone()), call.tenant()));
        return Uni.createFrom().item(Effect.of(ToolAnswer.done(data, sentence(settings))));
    }

    /** The hours in words. */
    static String sentence(TenantSettings settings) {
        String summary = BusinessHours.summary(settings);
        return summary.isEmpty() ? "I'm sorry, I don't have our opening hours at hand." : summary;
    }

    private static Map<String, DayHours> week(TenantSettings settings) {
        Map<String, DayHours> week = new LinkedHashMap<>();
        for (DayOfWeek day : DayOfWeek.values()) {
            String name = day.name().toLowerCase(Locale.ROOT);
            DayHours hours = settings.businessHours().get(name);
            if (hours != null) {
                week.put(name, hours);
            }
        }
        return week;
    }
}

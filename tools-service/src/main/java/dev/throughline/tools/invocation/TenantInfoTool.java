package dev.throughline.tools.invocation;

import dev.throughline.events.tenant.Tenant;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code get_tenant_info}: who the business is. */
@Singleton
class TenantInfoTool implements Tool {

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(List.of("get_tenant_info"), "Say who the business is: name, number, hours.");
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        Tenant tenant = call.tenant();
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("tenantId", tenant.id());
        data.put("name", tenant.name());
        data.put("phoneNumber", tenant.twilioPhoneNumber());
        data.put("timeZone", tenant.timeZone());
        data.put("country", tenant.country());
        data.put("language", tenant.language());
        data.put("businessHoursSummary", HoursTool.sentence(tenant.settings()));
        return Uni.createFrom()
                .item(Effect.of(ToolAnswer.done(
                        data, "This is " + tenant.name() + ". " + HoursTool.sentence(tenant.settings()))));
    }
}

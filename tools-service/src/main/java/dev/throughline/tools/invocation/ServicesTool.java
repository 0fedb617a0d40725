package dev.throughline.tools.invocation;

import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.ServiceAnswer;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code get_services}: what the business offers, at most {@code limit}. */
@Singleton
class ServicesTool implements Tool {

    private final Catalog catalog;

    ServicesTool(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(
                        List.of("get_services", "list_services"),
                        "List the services the business offers, with durations and prices.")
                .takes(Parameter.LIMIT);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        long limit = call.arguments()
                .text(Parameter.LIMIT)
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(Long::parseLong)
                .orElse(Long.MAX_VALUE);
        UUID tenantId = call.tenant().id();
        return catalog.services(tx, tenantId)
                .map(services -> Effect.of(ToolAnswer.done(
                        data(services.stream().limit(limit).toList(), services.size(), tenantId),
                        Understanding.weOffer(services))));
    }

    /**
     * The services as the seeds show them.
     *
     * @param total of all services, whatever the limit
     */
    static Map<String, Object> data(List<Service> services, int total, UUID tenantId) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("services", services.stream().map(ServiceAnswer::offered).toList());
        data.put("total", total);
        data.put("tenantId", tenantId);
        return data;
    }
}

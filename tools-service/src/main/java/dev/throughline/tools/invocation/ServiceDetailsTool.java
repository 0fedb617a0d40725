package dev.throughline.tools.invocation;

import dev.throughline.tools.catalog.Catalog;
import dev.throughline.tools.catalog.Service;
import dev.throughline.tools.catalog.ServiceAnswer;
import dev.throughline.tools.catalog.StaffMember;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** {@code get_service_details}: one service and who does it. */
@Singleton
class ServiceDetailsTool implements Tool {

    /** Who does the service, as the model gets it. */
    private record Employee(UUID id, String name) {}

    private final Catalog catalog;

    ServiceDetailsTool(Catalog catalog) {
        this.catalog = catalog;
    }

    @Override
    public ToolSpec spec() {
        return ToolSpec.of(List.of("get_service_details"), "Say what one service takes and costs, and who does it.")
                .needs(Parameter.SERVICE);
    }

    @Override
    public Uni<Effect> call(SqlClient tx, ToolCall call) {
        UUID tenantId = call.tenant().id();
        return catalog.services(tx, tenantId)
                .chain(services -> catalog.staff(tx, tenantId).map(staff -> {
                    Service service = Understanding.service(call, services);
                    return Effect.of(answer(service, staff));
                }));
    }

    private static ToolAnswer answer(Service service, List<StaffMember> staff) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("service", ServiceAnswer.offered(service));
        data.put(
                "employees",
                staff.stream()
                        .filter(member -> member.does(service.id()))
                        .map(member -> new Employee(member.id(), member.name()))
                        .toList());
        return ToolAnswer.done(
                data,
                service.name() + " takes " + service.durationMinutes() + " minutes and costs "
                        + service.price().stripTrailingZeros().toPlainString() + "."
                        + (service.description() == null ? "" : " " + service.description()));
    }
}

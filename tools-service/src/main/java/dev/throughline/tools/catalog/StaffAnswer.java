package dev.throughline.tools.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A staff member on the wire.
 *
 * @param serviceIds absent = all services
 * @param workingHours absent = the tenant's opening hours
 * @param timeOff absent when there is none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StaffAnswer(
        UUID id,
        String name,
        @Nullable Set<UUID> serviceIds,
        @Nullable Map<String, WorkingDay> workingHours,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<TimeOff> timeOff) {

    static StaffAnswer of(StaffMember member) {
        return new StaffAnswer(
                member.id(), member.name(), member.serviceIds(), member.workingHours(), member.timeOff());
    }
}
